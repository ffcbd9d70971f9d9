namespace Ledger.Benchmarks.Load;

/// <summary>What clients ask of the nodes at a time.</summary>
/// <param name="At">Where they hand in.</param>
/// <param name="Clients">Clients: operations under way in a closed loop.</param>
/// <param name="Streams">Streams that they share; as many as clients where each has its own.</param>
/// <param name="OfferedTxPerS">The rate of an open loop, or null for a closed one.</param>
public sealed record LoadDemand(LoadPlace At, int Clients, int Streams, double? OfferedTxPerS)
{
    /// <summary>A closed loop in which each client has a stream of its own.</summary>
    public static LoadDemand Closed(LoadPlace at, int clients) => new(at, clients, clients, null);
}
