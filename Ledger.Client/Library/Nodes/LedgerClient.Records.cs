using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Nodes;

/// <summary>What an institution asks of its own node's learning record store.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Lines of a call, as many as a page has.</summary>
    public const int ImportLinesMax = 500;

    /// <summary>Bytes of the lines, or of the classes, of a call: half of what a request may have.</summary>
    public const int ImportBytesMax = 512 * 1024;

    /// <summary>Records of the store, a page.</summary>
    public Task<FoundRecords> FindRecordsAsync(RecordSearch search, CancellationToken cancellation) =>
        ProvedAsync(options => records.FindRecordsAsync(search, options), cancellation);

    /// <summary>How many there are by a property, counted in parts.</summary>
    public Task<RecordCounts> CountRecordsAsync(RecordCountRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => records.CountRecordsAsync(request, options), cancellation);

    /// <summary>The node's signed word that a record was taken in, by the record's id.</summary>
    public Task<ProofFile> GetIntakeReceiptAsync(string id, CancellationToken cancellation) => ProvedAsync(
        options => records.GetIntakeReceiptAsync(new IntakeReceiptRequest { Id = id }, options), cancellation);

    /// <summary>Hands lines to the store; at most <see cref="ImportLinesMax"/>.</summary>
    public Task<LinesReport> ImportLinesAsync(LinesToImport lines, CancellationToken cancellation) =>
        ProvedAsync(options => records.ImportLinesAsync(lines, options), cancellation);

    /// <summary>The links to other stores.</summary>
    public Task<LinkList> ListLinksAsync(CancellationToken cancellation) =>
        ProvedAsync(options => records.ListLinksAsync(new LinksRequest(), options), cancellation);

    /// <summary>The newest records that a link could not move.</summary>
    public Task<RefusedRecords> ListRefusedAsync(RefusedSearch search, CancellationToken cancellation) =>
        ProvedAsync(options => records.ListRefusedAsync(search, options), cancellation);

    /// <summary>Tells the node which classes there are; at most a hundred.</summary>
    public Task<ClassesKept> KeepClassesAsync(ClassesToKeep classes, CancellationToken cancellation) =>
        ProvedAsync(options => records.KeepClassesAsync(classes, options), cancellation);

    /// <summary>The classes that it knows, a page.</summary>
    public Task<ClassPage> ListClassesAsync(PageRequest page, CancellationToken cancellation) =>
        ProvedAsync(options => records.ListClassesAsync(page, options), cancellation);
}
