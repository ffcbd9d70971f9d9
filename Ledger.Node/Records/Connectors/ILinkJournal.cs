namespace Ledger.Node.Records.Connectors;

/// <summary>What links remember over restarts. Each change is on disk when its method returns.</summary>
public interface ILinkJournal
{
    /// <summary>How far a link is.</summary>
    LinkProgress Read(string link);

    /// <summary>Sets the cursor; everything before it has been moved or refused.</summary>
    void Advance(string link, string cursor, long moved, long optedOut);

    /// <summary>Keeps a record that could not be moved; the same one again changes nothing.</summary>
    void Refuse(string link, RefusedRecord record);

    /// <summary>Notes that a round failed.</summary>
    void Failed(string link, string error);

    /// <summary>Notes that rounds do not fail any more.</summary>
    void Recovered(string link);
}
