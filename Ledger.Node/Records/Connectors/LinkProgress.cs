namespace Ledger.Node.Records.Connectors;

/// <summary>How far a link is, as it is kept over restarts.</summary>
/// <param name="Cursor">Where the next round begins, in the link's own words; empty at first.</param>
/// <param name="Moved">Records taken or handed on; what is moved again after a crash does not count again.</param>
/// <param name="Refused">Records that could not be taken or handed on, each counted once.</param>
/// <param name="OptedOut">
/// Records left out because their learner wants none stored. Of a link to OpenLRW those of the first sweep and of the
/// newest pages: a later sweep meets the same ones again, and nothing of them is kept by which they would be known.
/// </param>
/// <param name="LastSuccess">When a round last moved the cursor, or ended a failure.</param>
/// <param name="FailingSince">When the rounds began to fail; null while they do not.</param>
/// <param name="LastError">Why the last failed round failed.</param>
public sealed record LinkProgress(
    string Cursor,
    long Moved,
    long Refused,
    long OptedOut,
    DateTimeOffset? LastSuccess,
    DateTimeOffset? FailingSince,
    string? LastError)
{
    /// <summary>Of a link that has done nothing yet.</summary>
    public static LinkProgress None { get; } = new("", 0, 0, 0, null, null, null);
}
