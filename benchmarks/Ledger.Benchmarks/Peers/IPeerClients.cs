using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Peers;

/// <summary>Clients of a peer, with their connections.</summary>
public interface IPeerClients : IAsyncDisposable
{
    /// <summary>The clients.</summary>
    IReadOnlyList<ILoadClient> All { get; }
}
