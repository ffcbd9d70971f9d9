using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>A record store with prepared records and links; it keeps lines and classes.</summary>
internal sealed class FakeRecords : RecordStoreNode.RecordStoreNodeBase
{
    private const int PageMax = 2;

    public List<FoundRecord> Records { get; } = [];

    public List<LinkView> Links { get; } = [];

    public List<RecordSearch> Searches { get; } = [];

    public List<LineToImport> Lines { get; } = [];

    public List<SchoolClass> Classes { get; } = [];

    public override Task<FoundRecords> FindRecords(RecordSearch request, ServerCallContext context)
    {
        Searches.Add(request.Clone());
        FoundRecords page = new();
        page.Records.AddRange(Records
            .Where(one => request.Id.Length == 0 || one.Id == request.Id)
            .Where(one => one.Number > request.Cursor)
            .Take(PageMax));
        page.Cursor = page.Records.Count == PageMax && page.Records[^1] != Records[^1]
            ? page.Records[^1].Number
            : 0;
        return Task.FromResult(page);
    }

    public override Task<ProofFile> GetIntakeReceipt(IntakeReceiptRequest request, ServerCallContext context) =>
        Records.Exists(one => one.Id == request.Id)
            ? Task.FromResult(new ProofFile { Intake = new IntakeReceipt { Body = ByteString.CopyFrom(7) } })
            : throw new RpcException(new Status(StatusCode.NotFound, "no such record in this node's store"));

    // Counts one record a call, to be asked again.
    public override Task<RecordCounts> CountRecords(RecordCountRequest request, ServerCallContext context)
    {
        Searches.Add(request.Search.Clone());
        FoundRecord one = Records.First(record => record.Number > request.Search.Cursor);
        return Task.FromResult(new RecordCounts
        {
            Counts = { new RecordCount { Value = request.By == "verb" ? one.Verb : one.Account, Records = 1 } },
            Cursor = one == Records[^1] ? 0 : one.Number,
        });
    }

    public override Task<LinesReport> ImportLines(LinesToImport request, ServerCallContext context)
    {
        Lines.AddRange(request.Lines);
        LinesReport report = new();
        foreach (LineToImport line in request.Lines)
        {
            if (line.Json.Span.StartsWith("{"u8))
            {
                report.Added++;
            }
            else
            {
                report.Refused.Add(
                    new RefusedLine { Number = line.Number, Rule = "json.syntax", Message = "No JSON." });
            }
        }

        return Task.FromResult(report);
    }

    public override Task<LinkList> ListLinks(LinksRequest request, ServerCallContext context) =>
        Task.FromResult(new LinkList { Links = { Links } });

    public override Task<RefusedRecords> ListRefused(RefusedSearch request, ServerCallContext context) =>
        Task.FromResult(new RefusedRecords
        {
            Records =
            {
                new RefusedRecordView
                {
                    Id = "x", Path = "/verb", Rule = "required", Message = "Missing.",
                    Content = ByteString.CopyFromUtf8("{\n}"),
                },
            },
        });

    public override Task<ClassesKept> KeepClasses(ClassesToKeep request, ServerCallContext context)
    {
        ClassesKept kept = new();
        foreach (SchoolClass one in request.Classes)
        {
            int at = Classes.FindIndex(known => known.Id == one.Id);
            kept.Added += at < 0 ? 1u : 0;
            kept.Unchanged += at >= 0 && Classes[at].Equals(one) ? 1u : 0;
            kept.Changed += at >= 0 && !Classes[at].Equals(one) ? 1u : 0;
            if (at >= 0)
            {
                Classes.RemoveAt(at);
            }

            Classes.Add(one);
        }

        return Task.FromResult(kept);
    }

    public override Task<ClassPage> ListClasses(PageRequest request, ServerCallContext context) =>
        Task.FromResult(new ClassPage { Classes = { Classes } });
}
