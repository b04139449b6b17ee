"""Monte Carlo: what becomes of ranks and shortlists when weights and open criteria are drawn."""
