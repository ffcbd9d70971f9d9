using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Execution;

/// <summary>Makes the results of operations.</summary>
public static class Outcome
{
    /// <summary>Accepted; nothing was assigned.</summary>
    public static OperationResult Accepted() => new() { Code = ResultCode.Accepted };

    /// <summary>Accepted, with the number that the contract assigned.</summary>
    public static OperationResult Accepted(ulong number) => new() { Code = ResultCode.Accepted, Number = number };

    /// <summary>Refused: what the call changed so far is taken back.</summary>
    public static OperationResult Refused(ResultCode code) => new() { Code = code };
}
