using Ledger.Client.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>A file that is gone on with: what it has, what it lacks, and which of its parts stay.</summary>
internal sealed class ResumedExport
{
    private ResumedExport(ExportHead head, ExportPlan plan, IReadOnlyList<MissingSchool> missing)
    {
        Head = head;
        Plan = plan;
        Missing = missing;
    }

    /// <summary>Its head, which stays.</summary>
    public ExportHead Head { get; }

    /// <summary>Whom to ask for what, as its state tells.</summary>
    public ExportPlan Plan { get; }

    /// <summary>What it lacks.</summary>
    public IReadOnlyList<MissingSchool> Missing { get; }

    /// <summary>
    /// Reads a file; throws <see cref="LedgerClientException"/> where it is not this maker's, or damaged.
    /// </summary>
    public static ResumedExport Scan(Stream source, Hash256 chainId, Address maker)
    {
        ExportReader reader = new(source, chainId);
        ExportPlan plan = new();
        ExportHead? head = null;
        ExportEndBody? end = null;
        foreach (ExportPart part in reader.Parts())
        {
            head ??= part.Head;
            if (part.States is { } states)
            {
                plan.Add(states);
            }

            if (part.End is { } last && CanonicalMessage.TryParse(ExportEndBody.Parser, last.Body.Span, out end))
            {
                break;
            }
        }

        if (head is null || end is null || reader.Problem is not null
            || !head.Maker.Span.SequenceEqual(maker.ToArray()))
        {
            throw new LedgerClientException(
                ClientFailure.WrongUse,
                reader.Problem ?? "The file was made by another key: only who made it goes on with it.");
        }

        return new ResumedExport(head, plan, [.. end.Missing]);
    }

    /// <summary>
    /// Whether a part is taken over: all but the end, and what an institution had only begun to say.
    /// </summary>
    public bool Keeps(ExportPart part) => part.ContentCase switch
    {
        ExportPart.ContentOneofCase.End => false,
        ExportPart.ContentOneofCase.Records => !IsMissing(part.Records.Box.Span, MissingWhat.Records),
        ExportPart.ContentOneofCase.Word =>
            !CanonicalMessage.TryParse(SchoolWordBody.Parser, part.Word.Body.Span, out SchoolWordBody? body)
            || !IsMissing(body.Institution.Span, MissingWhat.Word),
        ExportPart.ContentOneofCase.None or ExportPart.ContentOneofCase.Head or ExportPart.ContentOneofCase.Key
            or ExportPart.ContentOneofCase.States or ExportPart.ContentOneofCase.Trail
            or ExportPart.ContentOneofCase.Receipt => true,
        _ => throw new InvalidOperationException("a part without a rule"),
    };

    private bool IsMissing(ReadOnlySpan<byte> institution, MissingWhat what)
    {
        Address.TryRead(institution, out Address address);
        return Missing.Any(one => one.What == what && one.Institution.ToAddress() == address);
    }
}
