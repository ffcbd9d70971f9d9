using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Peers;

/// <summary>What <c>bench peers</c> was asked for.</summary>
/// <param name="Systems">Which peers.</param>
/// <param name="Clients">How many clients, one number after the other.</param>
/// <param name="Batch">Records of a batched transaction of the ledger.</param>
/// <param name="Times">Phases of a load.</param>
/// <param name="Rounds">How many times everything is measured, in turn.</param>
/// <param name="Seed">Decides what is written.</param>
public sealed record PeersOptions(
    IReadOnlyList<PeerKind> Systems,
    IReadOnlyList<int> Clients,
    int Batch,
    LoadTimes Times,
    int Rounds,
    ulong Seed);
