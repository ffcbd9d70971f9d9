using Ledger.Contracts.Protos;
using Ledger.Workload;

namespace Ledger.Benchmarks.Costs;

/// <summary>A kind of call, made once for each school or learner.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Contract">The contract that it creates or updates.</param>
/// <param name="Effect">create or update.</param>
/// <param name="Signers">Who signs the call of a number.</param>
/// <param name="Call">The call of a number.</param>
public sealed record CostStep(
    OperationKind Kind, string Contract, string Effect, Func<int, CostSigner[]> Signers, Func<int, Operation> Call);
