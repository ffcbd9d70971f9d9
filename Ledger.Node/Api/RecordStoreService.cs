using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Records.Mapping;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>What an institution asks of its own node's learning record store; nobody else is answered.</summary>
public sealed class RecordStoreService : RecordStoreNode.RecordStoreNodeBase
{
    /// <summary>A clock is at most so far from UTC, in minutes.</summary>
    private const int OffsetMinutesMax = 14 * 60;

    /// <summary>Classes of one call.</summary>
    private const int ClassesMax = 100;

    /// <summary>Members of a class, with its teachers: a lecture for all first-years.</summary>
    private const int MembersMax = 5_000;

    /// <summary>Characters of an id, a title or the name of a course.</summary>
    private const int TextMax = 255;

    private readonly Address self;
    private readonly CallerAuthentication callers;
    private readonly RecordSearches searches;
    private readonly IntakeReceipts receipts;
    private readonly LineImport import;
    private readonly LinkJournal journal;
    private readonly RosterBook roster;
    private readonly LearnerPairs pairs;
    private readonly Func<IReadOnlyList<LinkStatus>> links;

    /// <summary>Answers for the institution whose node this is.</summary>
    public RecordStoreService(
        Address self,
        CallerAuthentication callers,
        RecordStore store,
        RecordStandings standings,
        IntakeReceipts receipts,
        LineImport import,
        LinkJournal journal,
        RosterBook roster,
        LearnerPairs pairs,
        Func<IReadOnlyList<LinkStatus>> links)
    {
        this.self = self;
        this.callers = callers;
        searches = new RecordSearches(store, standings);
        this.receipts = receipts;
        this.import = import;
        this.journal = journal;
        this.roster = roster;
        this.pairs = pairs;
        this.links = links;
    }

    /// <inheritdoc/>
    public override Task<FoundRecords> FindRecords(RecordSearch request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        return Task.FromResult(searches.Find(request));
    }

    /// <inheritdoc/>
    public override Task<RecordCounts> CountRecords(RecordCountRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        return Task.FromResult(searches.Count(request.Search ?? new RecordSearch(), request.By));
    }

    /// <inheritdoc/>
    public override Task<ProofFile> GetIntakeReceipt(IntakeReceiptRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        return Task.FromResult(receipts.Find(request.Id) switch
        {
            { Receipt: { } receipt } => receipt,
            { IsKnown: false } => throw Refusals.NotFound($"no record {request.Id} in this node's store"),
            _ => throw new RpcException(new Status(StatusCode.Unavailable, IntakeReceipts.NoBlockYet)),
        });
    }

    /// <inheritdoc/>
    public override Task<LinesReport> ImportLines(LinesToImport request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        if (request.Lines.Count is 0 or > LedgerClient.ImportLinesMax)
        {
            throw Refusals.Argument("lines", $"1 to {LedgerClient.ImportLinesMax}");
        }

        LinesResult result = Import(request);
        LinesReport report = new()
        {
            Added = (ulong)result.Added, Known = (ulong)result.Known, LeftOut = (ulong)result.OptedOut,
        };
        report.Refused.AddRange(result.Refused.Select(static refusal => new RefusedLine
        {
            Number = refusal.Number, Path = refusal.Path, Rule = refusal.Rule, Message = refusal.Message,
        }));
        return Task.FromResult(report);
    }

    private LinesResult Import(LinesToImport request)
    {
        try
        {
            return import.Take(
                [.. request.Lines.Select(static line => (line.Number, line.Json.Memory))], BookRollOf(request));
        }
        catch (RecordStoreException full)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, full.Message));
        }
    }

    /// <inheritdoc/>
    public override Task<LinkList> ListLinks(LinksRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        LinkList list = new();
        list.Links.AddRange(links().Select(static link => new LinkView
        {
            Name = link.Settings.Name,
            Kind = LinkNames.Of(link.Settings.Kind),
            Address = link.Settings.Address,
            State = LinkNames.Of(link.State),
            Moved = (ulong)link.Progress.Moved,
            Refused = (ulong)link.Progress.Refused,
            LeftOut = (ulong)link.Progress.OptedOut,
            LastSuccessUnixMs = link.Progress.LastSuccess?.ToUnixTimeMilliseconds() ?? 0,
            FailingSinceUnixMs = link.Progress.FailingSince?.ToUnixTimeMilliseconds() ?? 0,
            LastError = link.Progress.LastError ?? "",
            Cursor = link.Progress.Cursor,
        }));
        return Task.FromResult(list);
    }

    /// <inheritdoc/>
    public override Task<RefusedRecords> ListRefused(RefusedSearch request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        int limit = Refusals.LimitOf(request.Limit, "limit");
        if (request.Cursor > long.MaxValue)
        {
            throw Refusals.Argument("cursor", "this cursor is of another question");
        }

        RefusedRecords list = new();
        PageRoom room = new();
        long last = 0;
        foreach ((long number, RefusedRecord record) in journal.Refused(request.Link, (long)request.Cursor, limit))
        {
            RefusedRecordView view = new()
            {
                Id = record.Id, Path = record.Path, Rule = record.Rule, Message = record.Message,
                Content = UnsafeByteOperations.UnsafeWrap(record.Content),
            };
            if (!room.Takes(view))
            {
                list.Cursor = (ulong)last;
                return Task.FromResult(list);
            }

            last = number;
            list.Records.Add(view);
        }

        list.Cursor = list.Records.Count < limit ? 0 : (ulong)last;
        return Task.FromResult(list);
    }

    /// <inheritdoc/>
    public override Task<ClassesKept> KeepClasses(ClassesToKeep request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        if (request.Classes.Count is 0 or > ClassesMax || !request.Classes.All(IsRight))
        {
            throw Refusals.Argument(
                "classes",
                $"1 to {ClassesMax}, each with an id, a title, and at most {MembersMax} members: students or teachers "
                + $"with 1 to {ClaimBook.AccountsMax} accounts as the record store keeps them");
        }

        RosterChange change = roster.Keep(request.Classes.Select(static one => new RosterClass(
            one.Id, one.Title, one.Course,
            [.. one.Members.Select(static member => new RosterMember(member.Role, [.. member.Accounts]))])));
        return Task.FromResult(new ClassesKept
        {
            Added = (uint)change.Added, Changed = (uint)change.Changed, Unchanged = (uint)change.Unchanged,
        });
    }

    /// <inheritdoc/>
    public override Task<ClassPage> ListClasses(PageRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);

        // A class may have thousands of members: a page holds few.
        int room = Math.Min(Refusals.LimitOf(request), ClassesMax);
        IReadOnlyList<RosterClass> found = roster.After(request.Cursor.ToStringUtf8(), room);
        ClassPage page = new();
        PageRoom bytes = new();
        foreach (RosterClass one in found)
        {
            SchoolClass view = new() { Id = one.Id, Title = one.Title, Course = one.Course };
            view.Members.AddRange(one.Members.Select(ViewOf));
            if (!bytes.Takes(view))
            {
                page.Cursor = ByteString.CopyFromUtf8(page.Classes[^1].Id);
                return Task.FromResult(page);
            }

            page.Classes.Add(view);
        }

        page.Cursor = found.Count < room ? ByteString.Empty : ByteString.CopyFromUtf8(found[^1].Id);
        return Task.FromResult(page);
    }

    private ClassMember ViewOf(RosterMember member)
    {
        Address? learner = member.Accounts.Select(pairs.Find).FirstOrDefault(static one => one is not null);
        return new ClassMember
        {
            Role = member.Role,
            Accounts = { member.Accounts },
            Learner = learner is { } address ? ByteString.CopyFrom(address.ToArray()) : ByteString.Empty,
        };
    }

    private static bool IsRight(SchoolClass one) =>
        one.Id.Length is > 0 and <= TextMax && one.Title.Length is > 0 and <= TextMax && one.Course.Length <= TextMax
        && one.Members.Count <= MembersMax
        && one.Members.All(static member => member.Role is "student" or "teacher"
            && member.Accounts.Count is > 0 and <= ClaimBook.AccountsMax
            && member.Accounts.All(LearnerPairs.IsAccount));

    private static BookRollSource? BookRollOf(LinesToImport request)
    {
        if (request.BookrollAddress.Length == 0)
        {
            return null;
        }

        return FieldRules.IsIri(request.BookrollAddress)
            && Math.Abs((long)request.BookrollOffsetMinutes) <= OffsetMinutesMax
            ? new BookRollSource(
                request.BookrollAddress, TimeSpan.FromMinutes(request.BookrollOffsetMinutes))
            : throw Refusals.Argument(
                "bookroll_address", "an absolute IRI, with an offset of at most 14 hours");
    }
}
