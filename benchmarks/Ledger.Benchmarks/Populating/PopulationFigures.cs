using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// What writing the population measured. Latencies count from time 0, at which everything is handed in.
/// </summary>
public sealed record PopulationFigures
{
    /// <summary>Validators.</summary>
    public required int Validators { get; init; }

    /// <summary>Clients: one of each school, at its own node.</summary>
    public required int Clients { get; init; }

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

    /// <summary>Transactions a second.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>From time 0 to the decision of a transaction.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>From handing a transaction to its node until it is decided.</summary>
    public required LatencyMs SentLatencyMs { get; init; }

    /// <summary>Processor time of all validators for a transaction.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>Processor time of one validator for a record, in microseconds.</summary>
    public required double CpuUsPerRecordAndValidator { get; init; }

    /// <summary>Share of the host's processors that this client had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share that neither validators nor client had.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>One verification of the same run, alone on the host, in microseconds.</summary>
    public required double VerifyUs { get; init; }

    /// <summary>Signatures that two threads verify a second, divided by the validators.</summary>
    public required double LimitTxPerS { get; init; }

    /// <summary>
    /// Transactions a second as a share of it, of what the client left of the processors: low, as a transaction bears
    /// many records.
    /// </summary>
    public required double ShareOfLimit { get; init; }

    /// <summary>Median of an append of 512 bytes with fdatasync.</summary>
    public required double FdatasyncMsP50 { get; init; }

    /// <summary>Resident memory of the largest validator at the end.</summary>
    public required double RssMb { get; init; }

    /// <summary>Resident memory of each.</summary>
    public required IReadOnlyList<double> RssMbOfEach { get; init; }

    /// <summary>Syncs of one node for one block.</summary>
    public required double SyncsPerBlock { get; init; }

    /// <summary>Blocks.</summary>
    public required ulong Blocks { get; init; }

    /// <summary>Whether all nodes had equal heads and state roots at the end.</summary>
    public required bool HeadsEqual { get; init; }

    /// <summary>Contracts, drawn by the seed, whose count of records was read from a node.</summary>
    public required int ContractsRead { get; init; }

    /// <summary>How many of them had the count that was written.</summary>
    public required int ContractsRight { get; init; }

    /// <summary>Rounds: the population is written once.</summary>
    public required int Rounds { get; init; }

    /// <summary>Intake by the record stores, where that was asked for.</summary>
    public IntakeFigures? Intake { get; init; }
}
