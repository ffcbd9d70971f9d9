using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// What a document is, without its content, as it is sealed: agent, id and media type as UTF-8, a line break between
/// each two. Agents and media types hold none; an id may, and stands last.
/// </summary>
/// <param name="Agent">The agent, see <see cref="ActorKey"/>; empty of none.</param>
/// <param name="Id">The document's id.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record DocumentHead(string Agent, string Id, string ContentType)
{
    private const char Between = '\n';

    /// <summary>The bytes that are sealed.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Agent + Between + ContentType + Between + Id);

    /// <summary>Of what <see cref="ToBytes"/> wrote.</summary>
    public static DocumentHead Read(byte[] bytes)
    {
        string[] parts = Encoding.UTF8.GetString(bytes).Split(Between, 3);
        return new DocumentHead(parts[0], parts[2], parts[1]);
    }
}
