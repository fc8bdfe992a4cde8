"""What free text says: findings, numbers and negation, each with its evidence."""
