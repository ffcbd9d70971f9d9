using Ledger.Primitives;

namespace Ledger.Simulator.Worlds;

/// <summary>A client's transaction; with a change it is one of the validator set.</summary>
public sealed record SimulatedTransaction(int Id, Hash256 Leaf, int Client, SeatChange? Change);
