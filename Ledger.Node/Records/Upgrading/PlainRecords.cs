using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Seals records that an older format left in clear, with what stands beside them: outbox, batches, indexes,
/// attachments. Times of storing that a clock had left in disorder rise afterwards.
/// </summary>
internal sealed class PlainRecords : IDisposable
{
    /// <summary>Records of a page; where they are long, the page ends by its bytes.</summary>
    public const int PageRows = 500;

    private static readonly string[] Columns =
    [
        "sequence", "type", "id", "actor", "verb", "stored_ms", "commitment", "key_version", "hashed_id", "state",
        "height", "llpc", "writer_index", "voided", "late", "content",
    ];

    private readonly DbConnection connection;
    private readonly StoreSeals seals;
    private readonly AttachmentTable attachments;
    private readonly StatementIndex index;
    private readonly ListingIndex listing;
    private readonly RowInserter records;
    private readonly RowInserter keys;
    private readonly PreparedStatement before;
    private readonly PreparedStatement told;
    private readonly PreparedStatement attachment;
    private readonly PreparedStatement[] moves;

    public PlainRecords(StoreSession session, StoreSeals seals, AttachmentTable attachments)
    {
        connection = session.Connection;
        this.seals = seals;
        this.attachments = attachments;
        index = new StatementIndex(session, seals);
        listing = new ListingIndex(connection);
        records = new RowInserter(connection, "records", Columns, string.Empty);
        keys = new RowInserter(connection, "search_keys", ["key", "holder", "origin"], "ON CONFLICT DO NOTHING");
        before = Prepare("SELECT stored_ms FROM records ORDER BY sequence DESC LIMIT 1");
        told = Prepare("SELECT next FROM backlog");
        attachment = Prepare("SELECT content FROM plain_attachments WHERE digest = @digest", "@digest");
        moves =
        [
            Prepare("INSERT INTO outbox SELECT sequence FROM plain_outbox WHERE sequence <= @last", "@last"),
            Prepare("DELETE FROM plain_outbox WHERE sequence <= @last", "@last"),
            Prepare(
                "INSERT INTO signed_batch_records SELECT sequence, transaction_id FROM plain_batch_records "
                + "WHERE sequence <= @last",
                "@last"),
            Prepare("DELETE FROM plain_batch_records WHERE sequence <= @last", "@last"),
        ];
    }

    /// <summary>The table in clear.</summary>
    public static RecordTable Table { get; } = new(
        "plain_records",
        ["sequence"],
        [
            "type", "id", "actor", "verb", "time_ms", "stored_ms", "authority", "committed", "salt", "commitment",
            "key_version", "hashed_id", "state", "height", "llpc", "writer_index", "refusal", "version", "voided",
            "late",
        ]);

    /// <summary>Seals a page.</summary>
    public void Seal(DbTransaction transaction, IReadOnlyList<object[]> page)
    {
        // From this number on the second format had not yet entered what statements tell.
        long untold = Number(told.Scalar(transaction)) ?? long.MaxValue;
        long floor = Number(before.Scalar(transaction)) ?? 0;
        PlainRecord[] plain = [.. page.Select(row => PlainRecord.Of(seals, row))];
        seals.Prepare([.. plain.SelectMany(one => one.Persons(withNames: one.Sequence >= untold))]);
        List<object?> rows = new(plain.Length * Columns.Length);
        foreach (PlainRecord one in plain)
        {
            floor = Math.Max(floor, one.StoredMs);
            rows.AddRange(one.Sealed(seals, floor));
        }

        records.Insert(transaction, CollectionsMarshal.AsSpan(rows));
        foreach (PreparedStatement move in moves)
        {
            move.Run(transaction, plain[^1].Sequence);
        }

        Enter(transaction, plain, untold);
    }

    public void Dispose()
    {
        foreach (PreparedStatement statement in (PreparedStatement[])[before, told, attachment, .. moves])
        {
            statement.Dispose();
        }

        index.Dispose();
        listing.Dispose();
        records.Dispose();
        keys.Dispose();
    }

    private void Enter(DbTransaction transaction, PlainRecord[] plain, long untold)
    {
        byte[] goneKey = seals.KeyOf(SearchKind.Erased, string.Empty).ToArray();
        keys.Insert(
            transaction,
            [
                .. plain.Where(static one => one.Keys is null)
                    .SelectMany(one => new object?[] { goneKey, one.Sequence, one.Sequence }),
            ]);
        listing.Enter(
            transaction,
            plain.Where(static one => one.Keys is not null).Select(static one => (one.Sequence, one.Keys!)));
        PlainRecord[] statements = [.. plain.Where(static one => one.Facts is not null)];
        index.Enter(
            transaction,
            [.. statements.Select(static one => new EnteredStatement(one.Sequence, one.Keys!, one.Facts!.Voids))]);
        foreach (PlainRecord one in statements)
        {
            if (one.Sequence >= untold)
            {
                index.EnterTold(transaction, one.Facts!);
            }

            foreach (string digest in one.Facts!.Attachments.Select(static claim => claim.Digest).Distinct())
            {
                Attach(transaction, digest, one.Content!.ActorKey);
            }
        }
    }

    private void Attach(DbTransaction transaction, string digest, string holder)
    {
        bool isDigest = digest.Length % 2 == 0;
        if (!isDigest || attachments.Share(transaction, seals.KeyOf(SearchKind.Attachment, digest), holder))
        {
            return;
        }

        byte[] bytes = Convert.FromHexString(digest);
        if (attachment.Scalar(transaction, bytes) is byte[] content)
        {
            attachments.Keep(
                transaction, PreparedAttachment.Of(seals, new AttachmentContent(bytes, content), new[] { holder }));
        }
    }

    private static long? Number(object? found) =>
        found is null ? null : Convert.ToInt64(found, CultureInfo.InvariantCulture);

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(connection, sql, parameters);
}
