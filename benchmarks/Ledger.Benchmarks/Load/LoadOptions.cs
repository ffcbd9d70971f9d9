namespace Ledger.Benchmarks.Load;

/// <summary>What <c>bench load</c> was asked for.</summary>
public sealed record LoadOptions
{
    /// <summary>How many clients, one after the other.</summary>
    public required IReadOnlyList<int> Clients { get; init; }

    /// <summary>Validators.</summary>
    public required int Validators { get; init; }

    /// <summary>Where the clients hand in, and what.</summary>
    public required LoadShape Shape { get; init; }

    /// <summary>Phases of a round.</summary>
    public required LoadTimes Times { get; init; }

    /// <summary>How many times everything is measured, interleaved.</summary>
    public required int Rounds { get; init; }

    /// <summary>Decides what the transactions hold.</summary>
    public required ulong Seed { get; init; }
}
