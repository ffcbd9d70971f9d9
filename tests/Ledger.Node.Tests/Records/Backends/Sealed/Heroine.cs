using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Privacy;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>
/// Everything that a store can hold of one learner: statements and an event, with names, a mailbox, texts, a verb of
/// her own and an attachment, and documents.
/// </summary>
internal static class Heroine
{
    public const string Verb = "https://example.org/verbs/canary7f3a-dreamt";

    public const string Activity = "https://example.org/activities/canary7f3a";

    public const string ProfileId = "profile-canary7f3a";

    private static readonly byte[] Essay = Encoding.UTF8.GetBytes("The essay of canary7f3a, as she handed it in.");

    /// <summary>The account under which the store keeps her.</summary>
    public static string Account { get; } = ActorKey.OfAccount(Statements.HomePage, Canary.Account);

    /// <summary>Her mailbox, under which others name her.</summary>
    public static string Mailbox { get; } = ActorKey.OfMailbox(Canary.Mailbox);

    public static AttachmentContent Attachment { get; } = AttachmentContent.Of(Essay);

    public static DocumentScope State { get; } =
        new(DocumentKind.State, Activity, Account, string.Empty, HasRegistration: false);

    public static DocumentScope Profile { get; } =
        new(DocumentKind.AgentProfile, string.Empty, Account, string.Empty, HasRegistration: false);

    /// <summary>What the store gives of her to whoever has the keys, by name.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Told { get; } =
    [
        ("the mark in all that is said of her", Encoding.UTF8.GetBytes(Canary.Mark)),
        ("her name", Encoding.UTF8.GetBytes(Canary.Name)),
        ("her mailbox", Encoding.UTF8.GetBytes(Canary.Mailbox)),
        ("her account", Encoding.UTF8.GetBytes(Canary.Account)),
        ("her text", Encoding.UTF8.GetBytes(Canary.Text)),
        ("her essay", Essay),
        ("her verb", Encoding.UTF8.GetBytes(Verb)),
        ("her activity", Encoding.UTF8.GetBytes(Activity)),
        ("the id of a statement", Encoding.UTF8.GetBytes(Statements.Id(1))),
    ];

    /// <summary>What may be found nowhere in the files: the same, and what could be computed from it.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Marks { get; } =
    [
        .. Told,
        ("the digits of that id", Convert.FromHexString(Statements.Id(1).Replace("-", "", StringComparison.Ordinal))),
        ("the digest of her essay", SHA256.HashData(Essay)),
        ("what a roster would guess", SHA256.HashData([8, .. Encoding.UTF8.GetBytes(Account)])[..16]),
    ];

    /// <summary>A statement of hers that names an attachment.</summary>
    public static IntakeRecord Statement(int number)
    {
        JsonObject statement = Canary.Statement(number);
        statement["verb"]!["id"] = Verb;
        statement["object"] = new JsonObject
        {
            ["id"] = Activity,
            ["definition"] = new JsonObject { ["name"] = new JsonObject { ["en"] = Canary.Name } },
        };
        statement["attachments"] = new JsonArray(new JsonObject
        {
            ["usageType"] = "https://example.org/usage/essay",
            ["display"] = new JsonObject { ["en"] = "Essay" },
            ["contentType"] = "text/plain",
            ["length"] = Essay.Length,
            ["sha2"] = Convert.ToHexStringLower(Attachment.Digest.Span),
        });
        return Statements.Read(statement.ToJsonString());
    }

    /// <summary>An event of hers.</summary>
    public static IntakeRecord Event() => Statements.Read(Canary.Event().ToJsonString(), RecordType.CaliperEvent);

    /// <summary>Puts all of it into a store: statements 1 to 3, an event, and two documents.</summary>
    public static void Fill(RecordStore store)
    {
        store.AddAll([Statement(1), Statement(2), Statement(3)], [Attachment], "moodle");
        store.AddAll([Event()], "moodle");
        Keep(store, State, Canary.Mark);
        Keep(store, Profile, ProfileId);
    }

    /// <summary>All that a store gives of her, as one text.</summary>
    public static byte[] ToldBy(RecordStore store) =>
    [
        .. Enumerable.Range(1, 3).Select(number => store.Find(RecordType.XapiStatement, Statements.Id(number)))
            .Append(store.Find(RecordType.CaliperEvent, Event().Id))
            .OfType<StoredRecord>()
            .SelectMany(ToldBy),
        .. Encoding.UTF8.GetBytes(string.Join('\n', store.Names(Account, 9).Concat(store.Names(Mailbox, 9)))),
        .. store.Documents.Find(State, Canary.Mark)?.Content.ToArray() ?? [],
        .. Encoding.UTF8.GetBytes(string.Join('\n', store.Documents.Ids(Profile, null))),
        .. store.Attachment(Attachment.Digest)?.ToArray() ?? [],
        .. store.Definition(Activity)?.ToArray() ?? [],
    ];

    private static byte[] ToldBy(StoredRecord record) =>
    [
        .. Encoding.UTF8.GetBytes(string.Join('\n', record.Id, record.ActorKey, record.VerbIri)),
        .. record.Committed.Span,
    ];

    private static void Keep(RecordStore store, DocumentScope scope, string id) => store.Documents.Change(
        scope, id, static _ => new DocumentChange.Keep("text/plain", Encoding.UTF8.GetBytes(Canary.Text)));
}
