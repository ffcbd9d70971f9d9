namespace Ledger.Contracts.Execution;

/// <summary>What an actor has asked for in one block.</summary>
internal readonly record struct ActorUsage(ulong Operations, ulong Refused, ulong Bytes, ulong WorkUnits)
{
    public ActorUsage With(ActorUsage other) => checked(new ActorUsage(
        Operations + other.Operations,
        Refused + other.Refused,
        Bytes + other.Bytes,
        WorkUnits + other.WorkUnits));
}
