using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// How long the texts may be by which a store finds things, in bytes of UTF-8. Indexes hold digests of them; formats
/// before kept the texts, and a row of PostgreSQL's indexes ends at 2,704 bytes. What was refused then is refused now,
/// on either database. Each rule throws <see cref="RecordFormatException"/>.
/// </summary>
internal static class KeyLimits
{
    /// <summary>The name of the rule.</summary>
    public const string Rule = "key-length";

    /// <summary>An activity's or a verb's IRI: what browsers and servers take as an address.</summary>
    public const int IriBytesMax = 2048;

    /// <summary>An actor, as <see cref="ActorKey"/> writes it: a home page and a name are far shorter.</summary>
    public const int ActorBytesMax = 1536;

    /// <summary>A name that an agent is called by; it stands in one index with the agent.</summary>
    public const int NameBytesMax = 1024;

    /// <summary>A document's activity, agent and id together, which stand in one index.</summary>
    public const int DocumentBytesMax = 2560;

    /// <summary>Refuses an activity's or a verb's IRI that is too long; returns it.</summary>
    public static string Iri(JsonCursor value)
    {
        string iri = FieldRules.Iri(value);
        Require(value.Path, iri, IriBytesMax, "The IRI");
        return iri;
    }

    /// <summary>Refuses an actor whose key is too long; returns the key.</summary>
    public static string Actor(string path, string key)
    {
        Require(path, key, ActorBytesMax, "The actor's identifier");
        return key;
    }

    /// <summary>
    /// Refuses a name that is too long, or holds the one character that a database cannot keep in a text.
    /// </summary>
    public static void Name(JsonCursor name)
    {
        FieldRules.Kind(name, JsonKind.String);
        Require(name.Path, name.Text, NameBytesMax, "The name");
        if (name.Text.Contains('\0', StringComparison.Ordinal))
        {
            throw FieldRules.Refuse(name.Path, "control-character", "The name holds the character U+0000.");
        }
    }

    /// <summary>Refuses a document whose address is too long altogether; the path is a parameter's.</summary>
    public static void Document(string path, params ReadOnlySpan<string> texts)
    {
        int bytes = 0;
        foreach (string text in texts)
        {
            bytes += Encoding.UTF8.GetByteCount(text);
        }

        if (bytes > DocumentBytesMax)
        {
            throw FieldRules.Refuse(
                path, Rule, $"Activity, agent and id of a document have at most {DocumentBytesMax} bytes together.");
        }
    }

    private static void Require(string path, string text, int bytesMax, string what)
    {
        if (Encoding.UTF8.GetByteCount(text) > bytesMax)
        {
            throw FieldRules.Refuse(path, Rule, $"{what} is longer than {bytesMax} bytes.");
        }
    }
}
