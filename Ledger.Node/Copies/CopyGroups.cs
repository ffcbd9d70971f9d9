using System.Data.Common;
using Ledger.Contracts.State;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Copies;

/// <summary>
/// Which groups of copies a file has. A group's rows may be under two keys, of which an older file of keys lacks one,
/// and a row's name may be damaged: a group is named by whichever of its names opens. Used under its owner's lock.
/// </summary>
internal sealed class CopyGroups(SqliteConnection connection, CopySealing sealing)
{
    /// <summary>
    /// The groups of which there are rows of a condition, with how many and when the first of them ends (0 for never);
    /// without those of which no name opens.
    /// </summary>
    public IReadOnlyList<(CopyGroupName Group, long Records, long UntilUnixMs)> Where(
        SqliteTransaction? transaction, string condition, params (string Name, object Value)[] parameters)
    {
        // Two names of each key: where one row is damaged, another one tells.
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "SELECT learner, verb, writer, grant_number, COUNT(*), MIN(NULLIF(until, 0)), MAX(name), MIN(name) "
            + $"FROM copies WHERE {condition} GROUP BY learner, verb, writer, grant_number, key";
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        List<(string Digests, Address Writer, ulong Grant, long Records, long Until, LlpcName? Name)> found = [];
        using DbDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            byte[] learner = (byte[])rows[0];
            byte[] verb = (byte[])rows[1];
            found.Add((
                Convert.ToHexString(learner) + Convert.ToHexString(verb),
                new Address((byte[])rows[2]),
                (ulong)rows.GetInt64(3),
                rows.GetInt64(4),
                rows.IsDBNull(5) ? long.MaxValue : rows.GetInt64(5),
                sealing.OpenName(learner, verb, (byte[])rows[6]) ?? sealing.OpenName(learner, verb, (byte[])rows[7])));
        }

        List<(CopyGroupName, long, long)> groups = [];
        foreach (var group in found.GroupBy(static one => (one.Digests, one.Writer, one.Grant)))
        {
            if (group.Select(static one => one.Name).FirstOrDefault(static name => name is not null) is { } llpc)
            {
                long until = group.Min(static one => one.Until);
                groups.Add((
                    new CopyGroupName(llpc, group.Key.Writer, group.Key.Grant),
                    group.Sum(static one => one.Records),
                    until == long.MaxValue ? 0 : until));
            }
        }

        return groups;
    }
}
