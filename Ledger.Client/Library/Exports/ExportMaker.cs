using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// Gathers everything about one person into one file: what the ledger has, proved; what boxes release; and what each
/// institution's node says that it keeps. Whoever cannot be asked is named in the end, and can be asked later. It holds
/// a page or an answer at a time. Rules L-4 and L-6.
/// </summary>
/// <param name="node">Shows the ledger.</param>
/// <param name="schoolOf">An institution's node; null where it publishes none that can be checked.</param>
/// <param name="maker">Who makes the file, and signs its end.</param>
/// <param name="trust">What answers of boxes are verified from.</param>
/// <param name="time">The clock.</param>
public sealed class ExportMaker(
    IExportNode node,
    Func<Address, CancellationToken, Task<IExportSchool?>> schoolOf,
    CallerIdentity maker,
    TrustRoot trust,
    TimeProvider time)
{
    /// <summary>
    /// Writes a file; returns what is not in it. Throws <see cref="LedgerClientException"/> where the ledger itself
    /// cannot be shown.
    /// </summary>
    public async Task<IReadOnlyList<MissingSchool>> MakeAsync(
        ExportSubject subject, Stream target, CancellationToken cancellation)
    {
        IReadOnlyList<Address> learners = await LearnersAsync(subject.Learner, cancellation).ConfigureAwait(false);
        ExportHead head = new()
        {
            Version = ExportLimits.Version,
            ChainId = trust.ChainId.ToField(),
            Learners = { learners.Select(static learner => learner.ToField()) },
            Maker = maker.Address.ToField(),
            MadeUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Random = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(ExportMessages.RandomBytes)),
            Accounts = { subject.Accounts },
        };
        ExportWriter writer = new(target, trust.ChainId);
        writer.Write(new ExportPart { Head = head });
        writer.Write(new ExportPart { Key = await KeyAsync(maker.Address, cancellation).ConfigureAwait(false) });
        ExportPlan plan = new();
        await WriteLedgerAsync(writer, plan, learners, subject.Only is null, cancellation).ConfigureAwait(false);
        List<MissingSchool> wanted = [];
        foreach (Address party in await SchoolsAsync(subject, plan, cancellation).ConfigureAwait(false))
        {
            wanted.Add(Missing(party, MissingWhat.Records));
            wanted.Add(Missing(party, MissingWhat.Word));
        }

        return await FinishAsync(writer, head, plan, wanted, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes a file anew, with what was missing where it can be asked now; returns what is still missing. The file
    /// that is there must have been verified, and be this maker's own.
    /// </summary>
    public async Task<IReadOnlyList<MissingSchool>> ResumeAsync(
        Stream source, Stream target, CancellationToken cancellation)
    {
        ResumedExport resumed = ResumedExport.Scan(source, trust.ChainId, maker.Address);
        ExportWriter writer = new(target, trust.ChainId);
        source.Position = 0;
        foreach (ExportPart part in new ExportReader(source, trust.ChainId).Parts().Where(resumed.Keeps))
        {
            writer.Write(part);
        }

        // The key that signs the end may be another one than at the beginning.
        writer.Write(new ExportPart { Key = await KeyAsync(maker.Address, cancellation).ConfigureAwait(false) });
        return await FinishAsync(writer, resumed.Head, resumed.Plan, resumed.Missing, cancellation)
            .ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<MissingSchool>> FinishAsync(
        ExportWriter writer,
        ExportHead head,
        ExportPlan plan,
        IReadOnlyList<MissingSchool> wanted,
        CancellationToken cancellation)
    {
        ExportSchools schools = new(node, schoolOf, new BoxReader(maker, trust, time), writer, head, plan);
        List<MissingSchool> missing = [];
        foreach (IGrouping<ByteString, MissingSchool> party in wanted.GroupBy(static one => one.Institution))
        {
            missing.AddRange(await schools.WriteAsync(
                party.Key.ToAddress(), [.. party.Select(static one => one.What)], cancellation)
                .ConfigureAwait(false));
        }

        writer.End(missing, body => maker.Key.Sign(ExportMessages.EndDigest(trust.ChainId, body)));
        return missing;
    }

    private async Task WriteLedgerAsync(
        ExportWriter writer,
        ExportPlan plan,
        IReadOnlyList<Address> learners,
        bool isLearner,
        CancellationToken cancellation)
    {
        ExportStates states = new(node, writer, plan, maker.Address);
        ExportReceipts receipts = new(node, writer);
        ExportTrails trails = new(node, writer);
        foreach (Address learner in learners)
        {
            await states.WriteAsync(learner, cancellation).ConfigureAwait(false);
            if (isLearner)
            {
                // A member is shown transactions about several learners, which are nobody's to hand on.
                await receipts.WriteAsync(learner, cancellation).ConfigureAwait(false);
                await trails.WriteAsync(learner, cancellation).ConfigureAwait(false);
            }
        }

        if (learners.Count > 0)
        {
            await states.WritePoliciesAsync(cancellation).ConfigureAwait(false);
        }
    }

    // A learner's own addresses: what was merged into it, and into those.
    private async Task<IReadOnlyList<Address>> LearnersAsync(Address? learner, CancellationToken cancellation)
    {
        List<Address> found = learner is { } first ? [first] : [];
        for (int place = 0; place < found.Count; place++)
        {
            StateEvidence evidence = await node.ProveAsync(LearnerKeys.Absorbed(found[place]), cancellation)
                .ConfigureAwait(false);
            if (!evidence.Value.IsEmpty)
            {
                found.AddRange(Absorbed.Parser.ParseFrom(evidence.Value).Addresses
                    .Select(static one => one.ToAddress()).Where(one => !found.Contains(one)));
            }

            if (found.Count > ExportLimits.LearnersMax)
            {
                throw new LedgerClientException(
                    ClientFailure.WrongUse,
                    $"More than {ExportLimits.LearnersMax} addresses were merged into this one. Export each alone.");
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<Address>> SchoolsAsync(
        ExportSubject subject, ExportPlan plan, CancellationToken cancellation)
    {
        if (subject.Only is { } only)
        {
            return [only];
        }

        List<Address> schools = [];
        foreach (Address party in plan.Parties)
        {
            StateEvidence institution = await node.ProveAsync(StateKeys.Institution(party), cancellation)
                .ConfigureAwait(false);
            if (!institution.Value.IsEmpty)
            {
                schools.Add(party);
            }
        }

        return schools;
    }

    private Task<StateEvidence> KeyAsync(Address owner, CancellationToken cancellation) =>
        ExportSchools.KeyAsync(node, owner, cancellation);

    private static MissingSchool Missing(Address party, MissingWhat what) =>
        new() { Institution = party.ToField(), What = what };
}
