using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// One line of the access log: who did what, to what. Not part of the state; every node derives the same events from a
/// block.
/// </summary>
public sealed record ContractEvent(ContractEventKind Kind)
{
    private OperationPlace? place;

    /// <summary>Who acted; null where time did.</summary>
    public Address? Actor { get; init; }

    /// <summary>The learner concerned.</summary>
    public Address? Learner { get; init; }

    /// <summary>The verb's IRI, where an LLPC is concerned.</summary>
    public string? Verb { get; init; }

    /// <summary>Whom it was done to or for: an institution, provider or grantee.</summary>
    public Address? Subject { get; init; }

    /// <summary>Whose records are kept, where custody is concerned: a learner, or an institution.</summary>
    public Address? Client { get; init; }

    /// <summary>The number that the kind explains.</summary>
    public ulong Number { get; init; }

    /// <summary>The rights asked for, granted or ended.</summary>
    public AccessBits Rights { get; init; }

    /// <summary>The operation, null for what the block did by itself.</summary>
    public OperationPlace? Place
    {
        get => place;
        init => place = value;
    }

    /// <summary>Says what did it, where that is known only after the event was made.</summary>
    internal void Attribute(OperationPlace? to) => place = to;

    /// <summary>An event of an LLPC.</summary>
    public static ContractEvent Of(ContractEventKind kind, LlpcName llpc) =>
        new(kind) { Learner = llpc.Learner, Verb = llpc.Verb };
}
