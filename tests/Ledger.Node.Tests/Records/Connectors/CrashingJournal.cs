using Ledger.Node.Records.Connectors;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>A journal in front of and behind which the process may end.</summary>
internal sealed class CrashingJournal(ILinkJournal inner, Action step) : ILinkJournal
{
    public LinkProgress Read(string link) => inner.Read(link);

    public void Advance(string link, string cursor, long moved, long optedOut) =>
        Between(() => inner.Advance(link, cursor, moved, optedOut));

    public void Refuse(string link, RefusedRecord record) => Between(() => inner.Refuse(link, record));

    public void Failed(string link, string error) => inner.Failed(link, error);

    public void Recovered(string link) => inner.Recovered(link);

    private void Between(Action write)
    {
        step();
        write();
        step();
    }
}
