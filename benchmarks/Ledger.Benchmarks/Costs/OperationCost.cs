using Ledger.Workload;

namespace Ledger.Benchmarks.Costs;

/// <summary>What one call of a contract costs as a transaction of its own, in the grain of the paper.</summary>
public sealed record OperationCost
{
    /// <summary>What is called.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The contract that it creates or updates.</summary>
    public required string Contract { get; init; }

    /// <summary>Whether the contract is created or updated.</summary>
    public required string Effect { get; init; }

    /// <summary>The signed transaction, in bytes.</summary>
    public required double TransactionBytes { get; init; }

    /// <summary>Work units of the call, as the ledger counts them.</summary>
    public required double WorkUnits { get; init; }

    /// <summary>Checking form and signatures on the way in, in microseconds of processor time of one node.</summary>
    public required double CheckCpuUs { get; init; }

    /// <summary>Applying it, receipts and state tree included, in microseconds of processor time of one node.</summary>
    public required double ApplyCpuUs { get; init; }

    /// <summary>Calls of a round.</summary>
    public required int Calls { get; init; }

    /// <summary>Rounds, after those that warm up; times are medians over them.</summary>
    public required int Rounds { get; init; }
}
