namespace Ledger.Workload;

/// <summary>One signed transaction of the native plan.</summary>
/// <param name="Number">The place in the native plan, from 0.</param>
/// <param name="Signers">Who signs: the actor, and for an enrolment the school after the learner.</param>
/// <param name="Groups">Its groups; each is accepted or refused alone.</param>
/// <param name="DependsOn">The numbers of the transactions that must have been accepted before, ascending.</param>
public sealed record NativeTransaction(
    int Number,
    IReadOnlyList<ActorRole> Signers,
    IReadOnlyList<NativeGroup> Groups,
    IReadOnlyList<int> DependsOn);
