using System.Data.Common;

namespace Ledger.Node.Sealing;

/// <summary>A row that an earlier version kept plain, by the names of its columns.</summary>
internal sealed class PlainRow
{
    private readonly Dictionary<string, object> values;

    private PlainRow(Dictionary<string, object> values) => this.values = values;

    /// <summary>What a column holds: a long, a string, bytes or <see cref="DBNull"/>.</summary>
    public object this[string column] => values[column];

    /// <summary>The row at which a reader stands.</summary>
    public static PlainRow Of(DbDataReader reader) => new(Enumerable.Range(0, reader.FieldCount)
        .ToDictionary(reader.GetName, reader.GetValue, StringComparer.Ordinal));

    /// <summary>A column of bytes.</summary>
    public byte[] Bytes(string column) => (byte[])values[column];

    /// <summary>A column of text.</summary>
    public string Text(string column) => (string)values[column];

    /// <summary>A column of numbers.</summary>
    public long Number(string column) => (long)values[column];
}
