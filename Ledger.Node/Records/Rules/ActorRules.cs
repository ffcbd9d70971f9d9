using System.Text.RegularExpressions;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of agents and groups, and the one text under which the store finds an actor.</summary>
internal static partial class ActorRules
{
    /// <summary>An application, and the user it acts for (OAuth with three parties).</summary>
    private const int AuthorityMembers = 2;

    private static readonly string[] Identifiers = ["mbox", "mbox_sha1sum", "openid", "account"];

    /// <summary>An agent or a group; returns its key, see <see cref="ActorKey"/>.</summary>
    public static string Actor(JsonCursor actor)
    {
        FieldRules.Kind(actor, JsonKind.Object);
        return IsGroup(actor) ? Group(actor) : Agent(actor);
    }

    /// <summary>An agent, with exactly one identifier; returns its key.</summary>
    public static string Agent(JsonCursor agent)
    {
        FieldRules.Members(agent, ["objectType", "name", .. Identifiers]);
        if (FieldRules.TryGet(agent, "objectType", out JsonCursor type) && FieldRules.Text(type) != "Agent")
        {
            throw FieldRules.Refuse(type.Path, "object-type", $"An Agent is expected, not '{type.Text}'.");
        }

        Name(agent);
        return Identifier(agent) is { } key
            ? KeyLimits.Actor(agent.Path, key)
            : throw FieldRules.Refuse(
                agent.Path,
                "one-identifier",
                "An agent has exactly one of mbox, mbox_sha1sum, openid and account; this has none.");
    }

    /// <summary>A group: with one identifier, or anonymous with its members; returns its key.</summary>
    public static string Group(JsonCursor group)
    {
        FieldRules.Members(group, ["objectType", "name", "member", .. Identifiers]);
        if (!IsGroup(group))
        {
            throw FieldRules.Refuse($"{group.Path}/objectType", "object-type", "A Group is expected.");
        }

        Name(group);
        bool hasMembers = FieldRules.TryGet(group, "member", out JsonCursor members);
        if (hasMembers)
        {
            FieldRules.Kind(members, JsonKind.Array);
            foreach (JsonCursor member in members)
            {
                Agent(member);
            }
        }

        string? key = Identifier(group);
        return key is not null || hasMembers
            ? KeyLimits.Actor(group.Path, key ?? ActorKey.Anonymous)
            : throw FieldRules.Refuse($"{group.Path}/member", "required", "A group without an identifier has members.");
    }

    /// <summary>An authority: an agent, or an anonymous group of an application and the user it acts for.</summary>
    public static void Authority(JsonCursor authority)
    {
        FieldRules.Kind(authority, JsonKind.Object);
        if (!IsGroup(authority))
        {
            Agent(authority);
        }
        else if (Group(authority) != ActorKey.Anonymous
            || FieldRules.Required(authority, "member").Count != AuthorityMembers)
        {
            throw FieldRules.Refuse(
                authority.Path, "authority", "An authority that is a group is anonymous and has two members.");
        }
    }

    /// <summary>The key of an actor that keeps the rules; null for an anonymous group.</summary>
    public static string? KeyOf(JsonCursor actor) => Identifier(actor);

    /// <summary>Whether an object calls itself a group.</summary>
    public static bool IsGroup(JsonCursor actor) =>
        FieldRules.TryGet(actor, "objectType", out JsonCursor type) && type.TextBytes.SequenceEqual("Group"u8);

    private static string? Identifier(JsonCursor actor)
    {
        string? key = null;
        foreach (string name in Identifiers)
        {
            if (FieldRules.TryGet(actor, name, out JsonCursor identifier))
            {
                key = key is null
                    ? Key(name, identifier)
                    : throw FieldRules.Refuse(
                        actor.Path,
                        "one-identifier",
                        "There is more than one of mbox, mbox_sha1sum, openid and account.");
            }
        }

        return key;
    }

    private static string Key(string kind, JsonCursor identifier)
    {
        switch (kind)
        {
            case "mbox":
                string mailbox = FieldRules.Iri(identifier);
                return MailboxPattern().IsMatch(mailbox)
                    ? ActorKey.OfMailbox(mailbox)
                    : throw FieldRules.Refuse(
                        identifier.Path, "mailbox", $"'{mailbox}' is not of the form mailto:address.");
            case "mbox_sha1sum":
                string digest = FieldRules.Text(identifier);
                return DigestPattern().IsMatch(digest)
                    ? ActorKey.OfMailboxDigest(digest)
                    : throw FieldRules.Refuse(identifier.Path, "sha1", "A SHA-1 value has 40 hexadecimal digits.");
            case "openid":
                return ActorKey.OfOpenId(FieldRules.Iri(identifier));
            default:
                FieldRules.Members(identifier, "homePage", "name");
                string homePage = FieldRules.Iri(FieldRules.Required(identifier, "homePage"));
                JsonCursor name = FieldRules.Required(identifier, "name");
                return ActorKey.OfAccount(homePage, FieldRules.Plain(name));
        }
    }

    private static void Name(JsonCursor actor) => FieldRules.IfPresent(actor, "name", KeyLimits.Name);

    [GeneratedRegex("""^mailto:[^@]+@[^@]+\z""", RegexOptions.CultureInvariant)]
    private static partial Regex MailboxPattern();

    [GeneratedRegex("""^[0-9A-Fa-f]{40}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex DigestPattern();
}
