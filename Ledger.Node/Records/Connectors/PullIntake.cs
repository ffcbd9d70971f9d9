using Ledger.Client.Records;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Takes in what a link brings. What is refused is kept in the journal; a record of a learner who wants none stored is
/// not.
/// </summary>
/// <param name="settings">The link.</param>
/// <param name="journal">Where refused records go.</param>
/// <param name="intake">The way into the store.</param>
/// <param name="isKnown">Whether the store has a record of an id.</param>
internal sealed class PullIntake(
    LinkSettings settings, ILinkJournal journal, BatchIntake intake, Func<string, bool> isKnown)
{
    /// <summary>Whether the store has a record of this id already.</summary>
    public bool Knows(string id) => isKnown(id);

    /// <summary>Takes records in; returns how many were new, and how many were left out.</summary>
    public (int Added, int OptedOut) Take(IReadOnlyList<GivenRecord> records)
    {
        foreach (GivenRecord nameless in records.Where(static one => one.Id.Length == 0))
        {
            // An id that is made up here would be another one whenever the record comes again.
            Keep(new RecordRefusal(nameless, "/id", "required", "The record has no id."));
        }

        BatchResult result = intake.Take([.. records.Where(static one => one.Id.Length > 0)]);
        foreach (RecordRefusal refusal in result.Refused)
        {
            Keep(refusal);
        }

        return (result.Added, result.OptedOut);
    }

    /// <summary>Keeps a record aside that cannot be taken in; the same one again changes nothing.</summary>
    public void Keep(RecordRefusal refusal) => journal.Refuse(
        settings.Name,
        new RefusedRecord(
            refusal.Record.Id, refusal.Path, refusal.Rule, refusal.Message,
            refusal.Record.Json.Length <= JsonLimits.RecordBytesMax ? refusal.Record.Json : default));
}
