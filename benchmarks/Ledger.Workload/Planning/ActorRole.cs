namespace Ledger.Workload;

/// <summary>A signer of the plan.</summary>
/// <param name="Kind">Institution or learner.</param>
/// <param name="Index">Which one, by the order that <paramref name="Kind"/> names.</param>
public readonly record struct ActorRole(ActorKind Kind, int Index)
{
    /// <summary>The institution of an index.</summary>
    public static ActorRole Institution(int index) => new(ActorKind.Institution, index);

    /// <summary>The learner of an index.</summary>
    public static ActorRole Learner(int index) => new(ActorKind.Learner, index);
}
