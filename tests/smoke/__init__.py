"""One promise to families or coordinators in each file, held by the whole house."""
