using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>A grant by which somebody may read, for a box to which its limits are shown.</summary>
/// <param name="Line">The grant, then the one that it passes on, up to the root.</param>
public sealed record ReadGrant(IReadOnlyList<LiveGrant> Line)
{
    /// <summary>The grant itself.</summary>
    public LiveGrant Grant => Line[0];

    /// <summary>Whether neither it nor a grant above it has limits.</summary>
    public bool IsUnlimited => Line.All(static one => one.Grant.Limits.IsEmpty);

    /// <summary>Whether it is about records of this writer.</summary>
    public bool IsAbout(Address writer) =>
        !Grant.Grant.OwnRecordsOnly || new Address(Grant.Grant.Writer.Span) == writer;
}
