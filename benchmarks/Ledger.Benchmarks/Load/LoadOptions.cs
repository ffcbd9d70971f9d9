namespace Ledger.Benchmarks.Load;

/// <summary>What <c>bench load</c> was asked for.</summary>
public sealed record LoadOptions
{
    /// <summary>How many clients, one after the other.</summary>
    public required IReadOnlyList<int> Clients { get; init; }

    /// <summary>Validators.</summary>
    public required int Validators { get; init; }

    /// <summary>Record insertions of a transaction.</summary>
    public required int Batch { get; init; }

    /// <summary>Transactions a second of an open loop; null for a closed one.</summary>
    public required double? RatePerS { get; init; }

    /// <summary>Phases of a round.</summary>
    public required LoadTimes Times { get; init; }

    /// <summary>How many times everything is measured, interleaved.</summary>
    public required int Rounds { get; init; }

    /// <summary>Decides what the transactions hold.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the clients hand in.</summary>
    public required LoadPlace At { get; init; }
}
