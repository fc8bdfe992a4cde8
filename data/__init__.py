"""What is kept: the store's records and the content that clinicians edit."""
