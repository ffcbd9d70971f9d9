using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>
/// Which accounts documents and names are of, as far as they can be opened, a page at a time. Used with one of the
/// readers' connections.
/// </summary>
internal sealed class AccountTexts : IDisposable
{
    /// <summary>Rows of a page: some hundred kilobytes, and a short hold of a connection.</summary>
    public const int PageRows = 500;

    private static readonly RecordTable NameTable = new("agent_names", ["agent", "name"], ["content"]);

    private static readonly RecordTable DocumentTable =
        new("documents", ["kind", "activity", "agent", "registration", "id"], ["head"]);

    private readonly ReadSession session;
    private readonly StoreSeals seals;
    private readonly TableRows names;
    private readonly TableRows documents;

    public AccountTexts(ReadSession session, StoreSeals seals)
    {
        this.session = session;
        this.seals = seals;
        names = new TableRows(session.Connection, NameTable, PageRows);
        documents = new TableRows(session.Connection, DocumentTable, PageRows);
    }

    /// <summary>The accounts of a page of names, after a row or from the first; and that page's last row.</summary>
    public AccountPage Named(object[]? after)
    {
        IReadOnlyList<object[]> page = session.Read(() => names.PageAfter(after));
        return new AccountPage([.. page.Select(NamedIn).OfType<string>()], Last(names, page));
    }

    /// <summary>The same of documents.</summary>
    public AccountPage Owners(object[]? after)
    {
        IReadOnlyList<object[]> page = session.Read(() => documents.PageAfter(after));
        return new AccountPage([.. page.Select(OwnerIn).OfType<string>()], Last(documents, page));
    }

    /// <summary>Releases the statements, under the lock of their connection.</summary>
    public void Dispose()
    {
        names.Dispose();
        documents.Dispose();
    }

    private string? NamedIn(object[] row) =>
        Open(SealContexts.Name(KeyIn(row, 0), KeyIn(row, 1)), (byte[])row[2]) is { } name
            ? NameContent.Read(name).Agent
            : null;

    private string? OwnerIn(object[] row)
    {
        DocumentPlace place = new(
            (DocumentKind)Convert.ToInt32(row[0], CultureInfo.InvariantCulture),
            KeyIn(row, 1), KeyIn(row, 2), KeyIn(row, 3), KeyIn(row, 4));
        return Open(SealContexts.DocumentHead(place), (byte[])row[5]) is { } head
            ? DocumentHead.Read(head).Agent
            : null;
    }

    private byte[]? Open(byte[] context, byte[] value) =>
        seals.OpenUnlessDamaged(context, value) is { IsKeyErased: false } opened ? opened.Bytes : null;

    private static object[]? Last(TableRows table, IReadOnlyList<object[]> page) =>
        page.Count == 0 ? null : table.KeyOf(page[^1]);

    private static SearchKey KeyIn(object[] row, int column) => SearchKey.Of((byte[])row[column]);
}
