using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// What a document is, without its content, as it is sealed: agent, activity, registration, media type and id as UTF-8,
/// a line break between each two. An id may hold one, and stands last; the others hold none.
/// </summary>
/// <param name="Agent">The agent, see <see cref="ActorKey"/>; empty of none.</param>
/// <param name="Activity">The activity's IRI; empty of none.</param>
/// <param name="Registration">The registration; empty of none.</param>
/// <param name="ContentType">The document's media type.</param>
/// <param name="Id">Its id.</param>
internal sealed record DocumentHead(
    string Agent, string Activity, string Registration, string ContentType, string Id)
{
    private const char Between = '\n';
    private const int Parts = 5;

    /// <summary>Of a document of a scope.</summary>
    public static DocumentHead Of(DocumentScope scope, string contentType, string id) =>
        new(scope.Agent, scope.Activity, scope.Registration, contentType, id);

    /// <summary>Where the document belongs.</summary>
    public DocumentScope ScopeOf(DocumentKind kind) => new(kind, Activity, Agent, Registration, HasRegistration: true);

    /// <summary>The bytes that are sealed.</summary>
    public byte[] ToBytes() =>
        Encoding.UTF8.GetBytes(string.Join(Between, Agent, Activity, Registration, ContentType, Id));

    /// <summary>Of what <see cref="ToBytes"/> wrote.</summary>
    public static DocumentHead Read(byte[] bytes)
    {
        string[] parts = Encoding.UTF8.GetString(bytes).Split(Between, Parts);
        return new DocumentHead(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }
}
