namespace Ledger.Workload;

/// <summary>One contract operation of the plan. A subject that does not apply is null.</summary>
public sealed record PlannedOperation
{
    /// <summary>The place in the plan, from 0; greater than every number in <see cref="DependsOn"/>.</summary>
    public required int Number { get; init; }

    /// <summary>What is called.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>Who signs, and calls.</summary>
    public required ActorRole Actor { get; init; }

    /// <summary>Who signs too: the school of an enrolment.</summary>
    public ActorRole? CoSigner { get; init; }

    /// <summary>The learner concerned, by the position in <see cref="PaperSample.Students"/>.</summary>
    public int? Learner { get; init; }

    /// <summary>The record concerned, by the position in <see cref="PaperSample.Records"/>.</summary>
    public int? Record { get; init; }

    /// <summary>The code of the verb of the LLPC concerned, as the verb table takes it.</summary>
    public int? VerbId { get; init; }

    /// <summary>
    /// The institution concerned, by its index in <see cref="Schools.All"/>: whose PIC, where the learner enrols, who
    /// writes, or for a grant who may read.
    /// </summary>
    public int? Institution { get; init; }

    /// <summary>The institution that asks to join, by its index in <see cref="Schools.All"/>.</summary>
    public int? Candidate { get; init; }

    /// <summary>The numbers of the operations that must have been accepted before.</summary>
    public required IReadOnlyList<int> DependsOn { get; init; }
}
