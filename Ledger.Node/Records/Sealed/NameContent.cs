using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// A name of an agent as it is sealed: agent and name as UTF-8, a line break between them, which stands in no agent.
/// </summary>
internal static class NameContent
{
    private const char Between = '\n';

    /// <summary>The bytes that are sealed.</summary>
    public static byte[] ToBytes(SeenName name) => Encoding.UTF8.GetBytes(name.Agent + Between + name.Name);

    /// <summary>Of what <see cref="ToBytes"/> wrote.</summary>
    public static SeenName Read(byte[] bytes)
    {
        string both = Encoding.UTF8.GetString(bytes);
        int end = both.IndexOf(Between, StringComparison.Ordinal);
        return new SeenName(both[..end], both[(end + 1)..]);
    }
}
