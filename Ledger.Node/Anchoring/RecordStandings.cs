using Ledger.Node.Chain;
using Ledger.Node.Records;

namespace Ledger.Node.Anchoring;

/// <summary>Tells how far records are: what the store knows, and of those that wait what the ledger says.</summary>
public sealed class RecordStandings(AccountStandings accounts, ChainState chain)
{
    private static readonly RecordStanding Ready = new("stored", string.Empty);
    private static readonly RecordStanding NotPaired =
        new("not-enrolled", "The account is paired with no learner.");

    private static readonly RecordStanding NotEnrolled =
        new("not-enrolled", "The learner is not enrolled at this institution.");

    private static readonly RecordStanding BeforeEnrolment = new(
        "not-enrolled", "It was stored before the learner enrolled, who has not asked for earlier records.");

    private static readonly RecordStanding OptedOut =
        new("opted-out", "The learner wants no more records anchored.");

    private static readonly RecordStanding NoProviderIndex =
        new("stored", "The institution has no provider index yet: ledger institution create-index");

    private static readonly RecordStanding Submitted = new("submitted", string.Empty);
    private static readonly RecordStanding Anchored = new("anchored", string.Empty);
    private static readonly RecordStanding Refused = new("refused", string.Empty);
    private static readonly RecordStanding Erased =
        new("erased", "Content and salt are gone; a commitment that is on the ledger stays there.");

    /// <summary>How far a record is now.</summary>
    public RecordStanding Of(StoredRecord record) => record.State switch
    {
        RecordState.Stored => OfWaiting(record),
        RecordState.Submitted => Submitted,
        RecordState.Anchored => Anchored,
        RecordState.Refused => Refused,
        RecordState.Erased => Erased,
        _ => throw new InvalidOperationException("a record state without a name"),
    };

    private RecordStanding OfWaiting(StoredRecord record) =>
        accounts.Of(chain.Head.State, record.ActorKey, record.VerbIri).RestOf(record.Stored) switch
        {
            RestReason.None => Ready,
            RestReason.NotPaired => NotPaired,
            RestReason.NotEnrolled => NotEnrolled,
            RestReason.BeforeEnrolment => BeforeEnrolment,
            RestReason.OptedOut => OptedOut,
            RestReason.NoProviderIndex => NoProviderIndex,
            _ => throw new InvalidOperationException("a reason to rest without a sentence"),
        };
}
