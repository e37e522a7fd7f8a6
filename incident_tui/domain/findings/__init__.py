"""What is known: timeline, readings, hypotheses, evidence, questions, milestones."""
