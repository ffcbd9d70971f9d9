using System.Text;
using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;

namespace Ledger.Node.Records.Import;

/// <summary>Makes bodies that an intake takes out of single records.</summary>
internal static class RecordBody
{
    /// <summary>A list of statements.</summary>
    public static byte[] Statements(IReadOnlyList<ReadOnlyMemory<byte>> statements)
    {
        using MemoryStream body = new();
        WriteList(body, statements);
        return body.ToArray();
    }

    /// <summary>An envelope with events of one version; who sent it and when is not kept of it.</summary>
    public static byte[] Events(IReadOnlyList<ReadOnlyMemory<byte>> events, CaliperVersion version)
    {
        using MemoryStream body = new();
        body.Write(Encoding.UTF8.GetBytes(
            $$"""
            {"sensor":"import","sendTime":"1970-01-01T00:00:00.000Z",
            "dataVersion":"{{CaliperContext.IriOf(version)}}","data":
            """));
        WriteList(body, events);
        body.Write("}"u8);
        return body.ToArray();
    }

    /// <summary>Where in the single record of a body something is, of where it is in the body.</summary>
    public static string PathInRecord(RecordFormatException refusal)
    {
        foreach (string prefix in (string[])["/data/0", "/0"])
        {
            if (refusal.Path == prefix || refusal.Path.StartsWith(prefix + "/", StringComparison.Ordinal))
            {
                return refusal.Path[prefix.Length..];
            }
        }

        return refusal.Path;
    }

    private static void WriteList(MemoryStream body, IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        body.Write("["u8);
        for (int at = 0; at < records.Count; at++)
        {
            body.Write(at == 0 ? ""u8 : ","u8);
            body.Write(records[at].Span);
        }

        body.Write("]"u8);
    }
}
