using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;

namespace Ledger.Benchmarks.Scale;

/// <summary>What <c>bench scale</c> was asked for; a list that is empty is not measured.</summary>
/// <param name="Nodes">Numbers of validators.</param>
/// <param name="Records">Numbers of records on the ledger, rising.</param>
/// <param name="Blocks">Lengths of the chain, rising.</param>
/// <param name="Clients">Clients of each load.</param>
/// <param name="World">Learners and verbs of the school whose records grow.</param>
/// <param name="Times">Phases of a round.</param>
/// <param name="Rounds">How many times each is measured.</param>
/// <param name="Seed">Decides what the transactions hold.</param>
public sealed record ScaleOptions(
    IReadOnlyList<int> Nodes,
    IReadOnlyList<int> Records,
    IReadOnlyList<int> Blocks,
    int Clients,
    WorldSize World,
    LoadTimes Times,
    int Rounds,
    ulong Seed)
{
    /// <summary>A load with single insertions, to be measured at a size.</summary>
    public LoadOptions LoadAt(int validators, LoadPlace at) => new()
    {
        Clients = [Clients],
        Validators = validators,
        Batch = 1,
        RatePerS = null,
        Times = Times,
        Rounds = Rounds,
        Seed = Seed,
        At = at,
    };
}
