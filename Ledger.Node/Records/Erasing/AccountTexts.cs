using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>Which accounts documents and names are of, as far as they can be opened. Used under a lock.</summary>
internal static class AccountTexts
{
    /// <summary>Each once.</summary>
    public static IReadOnlyList<string> Read(DbConnection connection, StoreSeals seals)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        AddNamed(connection, seals, found);
        AddOwners(connection, seals, found);
        found.Remove(string.Empty);
        return [.. found];
    }

    private static void AddNamed(DbConnection connection, StoreSeals seals, HashSet<string> found)
    {
        using PreparedStatement names = new(connection, "SELECT agent, name, content FROM agent_names");
        using DbDataReader row = names.Rows(null);
        while (row.Read())
        {
            byte[] context = SealContexts.Name(KeyIn(row, 0), KeyIn(row, 1));
            if (seals.Open(context, row.GetFieldValue<byte[]>(2)) is { IsKeyErased: false } opened)
            {
                found.Add(NameContent.Read(opened.Bytes).Agent);
            }
        }
    }

    private static void AddOwners(DbConnection connection, StoreSeals seals, HashSet<string> found)
    {
        using PreparedStatement documents = new(
            connection, "SELECT kind, activity, agent, registration, id, head FROM documents");
        using DbDataReader row = documents.Rows(null);
        while (row.Read())
        {
            DocumentPlace place = new(
                (DocumentKind)row.GetInt32(0), KeyIn(row, 1), KeyIn(row, 2), KeyIn(row, 3), KeyIn(row, 4));
            byte[] context = SealContexts.DocumentHead(place);
            if (seals.Open(context, row.GetFieldValue<byte[]>(5)) is { IsKeyErased: false } opened)
            {
                found.Add(DocumentHead.Read(opened.Bytes).Agent);
            }
        }
    }

    private static SearchKey KeyIn(DbDataReader row, int column) => SearchKey.Of(row.GetFieldValue<byte[]>(column));
}
