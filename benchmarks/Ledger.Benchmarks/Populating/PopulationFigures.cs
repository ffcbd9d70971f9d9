using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// What writing the population measured. Latencies count from time 0, at which everything is handed in.
/// </summary>
public sealed record PopulationFigures
{
    /// <summary>
    /// What every run has. Clients are one of each school, at its own node; the share of the signature limit is low, as
    /// a transaction bears many records.
    /// </summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Records that were decided and accepted.</summary>
    public required int Records { get; init; }

    /// <summary>Learners.</summary>
    public required int Learners { get; init; }

    /// <summary>Learner contracts that were made and entered in both indexes.</summary>
    public required int Contracts { get; init; }

    /// <summary>Transactions that were decided, those that make contracts included.</summary>
    public required int Transactions { get; init; }

    /// <summary>The most records of a transaction.</summary>
    public required int Batch { get; init; }

    /// <summary>Whether the nodes had just started or had done other work before: cold or warm.</summary>
    public required string Nodes { get; init; }

    /// <summary>When transactions are put together and signed.</summary>
    public required string Signing { get; init; }

    /// <summary>How they arrive.</summary>
    public required string Arrival { get; init; }

    /// <summary>Making commitments and locators of all records, before the clock starts, in seconds.</summary>
    public required double PreparationS { get; init; }

    /// <summary>Indexes of the schools and enrolment of the learners, before the clock starts, in seconds.</summary>
    public required double EnrolmentS { get; init; }

    /// <summary>From time 0 to the last decision, in seconds.</summary>
    public required double ElapsedS { get; init; }

    /// <summary>From handing a transaction to its node until it is decided.</summary>
    public required LatencyMs SentLatencyMs { get; init; }

    /// <summary>Processor time of one validator for a record, in microseconds.</summary>
    public required double CpuUsPerRecordAndValidator { get; init; }

    /// <summary>Resident memory of each after the last decision.</summary>
    public required IReadOnlyList<double> RssMbOfEach { get; init; }

    /// <summary>Resident memory of each 15 s later, when it has given back what the work left.</summary>
    public required IReadOnlyList<double> RssMbAtRestOfEach { get; init; }

    /// <summary>Blocks.</summary>
    public required ulong Blocks { get; init; }

    /// <summary>Whether all nodes had equal heads and state roots at the end.</summary>
    public required bool HeadsEqual { get; init; }

    /// <summary>Contracts, drawn by the seed, whose count of records was read from a node.</summary>
    public required int ContractsRead { get; init; }

    /// <summary>How many of them had the count that was written.</summary>
    public required int ContractsRight { get; init; }

    /// <summary>Intake by the record stores, where that was asked for.</summary>
    public IntakeFigures? Intake { get; init; }
}
