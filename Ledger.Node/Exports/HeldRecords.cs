using Google.Protobuf;
using Ledger.Client.Exports;
using Ledger.Client.Records;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;

namespace Ledger.Node.Exports;

/// <summary>
/// What the record store has of accounts: names, documents, records and their attachments. A record that is anchored
/// comes with its proof from the box, and stands here without content.
/// </summary>
public sealed class HeldRecords(RecordStore store, RecordStandings standings)
{
    /// <summary>Names of one account: a person changes it a few times.</summary>
    private const int NamesMax = 1_000;

    /// <summary>All of it, read as it is asked for.</summary>
    public IEnumerable<HeldItem> Of(IReadOnlyList<string> accounts)
    {
        foreach (string account in accounts)
        {
            yield return new HeldItem { Account = account };
            foreach (string name in store.Names(account, NamesMax))
            {
                yield return new HeldItem { Name = new HeldName { Account = account, Name = name } };
            }

            foreach (HeldItem document in DocumentsOf(account))
            {
                yield return document;
            }

            foreach (StoredRecord record in RecordsOf(account))
            {
                yield return new HeldItem { Record = View(record) };
                foreach (HeldItem piece in AttachmentsOf(record))
                {
                    yield return piece;
                }
            }
        }
    }

    private IEnumerable<HeldItem> DocumentsOf(string account)
    {
        foreach ((DocumentScope scope, string id) in store.Documents.Of(account))
        {
            if (store.Documents.Find(scope, id) is { } document)
            {
                yield return new HeldItem
                {
                    Document = new HeldDocument
                    {
                        Account = account,
                        Kind = NameOf(scope.Kind),
                        Activity = scope.Activity,
                        Registration = scope.Registration,
                        Id = id,
                        ContentType = document.ContentType,
                        Content = UnsafeByteOperations.UnsafeWrap(document.Content),
                        UpdatedUnixMs = document.Updated.ToUnixTimeMilliseconds(),
                    },
                };
            }
        }
    }

    private IEnumerable<StoredRecord> RecordsOf(string account)
    {
        long? after = null;
        while (true)
        {
            IReadOnlyList<StoredRecord> page = store.List(new RecordQuery(
                null, account, null, null, null, after, Ascending: true, RecordQuery.LimitMax));
            foreach (StoredRecord record in page)
            {
                yield return record;
            }

            if (page.Count < RecordQuery.LimitMax)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }

    private HeldRecord View(StoredRecord record)
    {
        RecordStanding standing = standings.Of(record);
        bool isProved = record.State == RecordState.Anchored;
        return new HeldRecord
        {
            Type = RecordTypeNames.Of(record.Type),
            Id = record.Id,
            Account = record.ActorKey,
            Verb = record.VerbIri,
            TimeUnixMs = record.Time.ToUnixTimeMilliseconds(),
            StoredUnixMs = record.Stored.ToUnixTimeMilliseconds(),
            Authority = record.Authority,
            State = standing.State,
            Why = standing.Why,
            Commitment = record.Commitment.ToField(),
            Content = isProved ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(record.Committed),
            Salt = isProved ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(record.Salt),
        };
    }

    private IEnumerable<HeldItem> AttachmentsOf(StoredRecord record)
    {
        if (record.Type != RecordType.XapiStatement || record.State == RecordState.Erased)
        {
            yield break;
        }

        StatementFacts facts = StatementFactsReader.Read(JsonTree.Parse(record.Committed.Span).Root, record.Version);
        foreach (byte[] digest in facts.Attachments
            .Select(static one => one.Digest).Distinct(StringComparer.Ordinal).Select(Convert.FromHexString))
        {
            if (store.Attachment(digest) is not { } content)
            {
                continue;
            }

            int from = 0;
            do
            {
                int length = Math.Min(ExportLimits.PieceBytesMax, content.Length - from);
                yield return new HeldItem
                {
                    Attachment = new HeldAttachment
                    {
                        Digest = UnsafeByteOperations.UnsafeWrap(digest),
                        Offset = (ulong)from,
                        Length = (ulong)content.Length,
                        Content = UnsafeByteOperations.UnsafeWrap(content.Slice(from, length)),
                    },
                };
                from += length;
            }
            while (from < content.Length);
        }
    }

    private static string NameOf(DocumentKind kind) => kind switch
    {
        DocumentKind.State => "state",
        DocumentKind.ActivityProfile => "activity-profile",
        DocumentKind.AgentProfile => "agent-profile",
        _ => throw new InvalidOperationException("a kind of document without a name"),
    };
}
