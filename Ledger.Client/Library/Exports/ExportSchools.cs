using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>Asks institutions, one after the other, and writes what they answer; says why where one does not.</summary>
internal sealed class ExportSchools(
    IExportNode node,
    Func<Address, CancellationToken, Task<IExportSchool?>> schoolOf,
    BoxReader reader,
    ExportWriter writer,
    ExportHead head,
    ExportPlan plan)
{
    private readonly ExportAnswers answers = new(reader, writer);

    /// <summary>The key by which a party signs, as an instance of the state.</summary>
    public static async Task<StateEvidence> KeyAsync(
        IExportNode node, Address owner, CancellationToken cancellation)
    {
        InstanceSeries keys = StateKeys.SigningKeys(owner);
        StateEvidence counter = await node.ProveAsync(keys.Counter, cancellation).ConfigureAwait(false);
        ulong open = counter.Value.IsEmpty ? 0 : Counter.Parser.ParseFrom(counter.Value).Open;
        return open == 0
            ? throw new LedgerClientException(ClientFailure.Refused, $"The ledger holds no open key of {owner}.")
            : await node.ProveAsync(keys.At(open), cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks one institution for what is wanted of it; returns what is missing, with the reasons.</summary>
    public async Task<IReadOnlyList<MissingSchool>> WriteAsync(
        Address institution, IReadOnlyList<MissingWhat> wanted, CancellationToken cancellation)
    {
        IExportSchool? school;
        StateEvidence key;
        StateEvidence known;
        try
        {
            school = await schoolOf(institution, cancellation).ConfigureAwait(false);
            key = await KeyAsync(node, institution, cancellation).ConfigureAwait(false);
            known = await node.ProveAsync(StateKeys.Institution(institution), cancellation).ConfigureAwait(false);
        }
        catch (LedgerClientException failure)
        {
            return [.. wanted.Select(what => Missing(institution, what, failure.Message))];
        }

        if (school is null)
        {
            return [.. wanted.Select(what => Missing(
                institution, what, "The ledger names no node of it that could be asked."))];
        }

        writer.Write(new ExportPart { Key = known });
        writer.Write(new ExportPart { Key = key });
        List<MissingSchool> missing = [];
        foreach (MissingWhat what in wanted)
        {
            string? reason = await TryAsync(
                () => what == MissingWhat.Records
                    ? WriteRecordsAsync(school, institution, key, cancellation)
                    : WriteWordsAsync(school, institution, key, cancellation)).ConfigureAwait(false);
            if (reason is not null)
            {
                missing.Add(Missing(institution, what, reason));
            }
        }

        return missing;
    }

    private async Task WriteRecordsAsync(
        IExportSchool school, Address institution, StateEvidence key, CancellationToken cancellation)
    {
        ulong height = await node.HeightAsync(cancellation).ConfigureAwait(false);
        LedgerClientException? refused = null;
        foreach (IGrouping<Address, (Address Learner, string Verb)> held in plan.HeldBy(institution)
            .GroupBy(static one => one.Learner))
        {
            // A learner may read all of it. An institution may not read all that it keeps for others.
            bool isLearner = head.Maker.ToAddress() != institution;
            foreach (string[] verbs in held.Select(static one => one.Verb)
                .Chunk(isLearner ? BoxLimits.VerbsMax : 1))
            {
                try
                {
                    await answers.WriteAsync(
                        school, PublicKey(key), institution, held.Key, verbs, height, cancellation)
                        .ConfigureAwait(false);
                }
                catch (LedgerClientException failure) when (failure.Kind == ClientFailure.Refused && !isLearner)
                {
                    refused = failure;
                }
            }
        }

        if (refused is not null)
        {
            throw refused;
        }
    }

    private async Task WriteWordsAsync(
        IExportSchool school, Address institution, StateEvidence key, CancellationToken cancellation)
    {
        TellRequest request = new()
        {
            Learners = { head.Learners }, Accounts = { head.Accounts }, Random = head.Random,
        };
        bool isWhole = false;
        await foreach (SchoolWord word in school.TellAsync(request, cancellation).ConfigureAwait(false))
        {
            if (isWhole
                || !CanonicalMessage.TryParse(SchoolWordBody.Parser, word.Body.Span, out SchoolWordBody? body)
                || !body.Institution.Span.SequenceEqual(institution.ToArray())
                || !Ed25519Verifier.Instance.Verify(
                    PublicKey(key),
                    ExportMessages.WordDigest(new Hash256(head.ChainId.Span), word.Body.Span),
                    word.Signature.Span))
            {
                throw new LedgerClientException(
                    ClientFailure.NotVerified, "What it tells is not signed by it, or goes on behind its end.");
            }

            writer.Write(new ExportPart { Word = word });
            isWhole = body.Last;
        }

        if (!isWhole)
        {
            throw new LedgerClientException(ClientFailure.Undecided, "It stopped before it had told all.");
        }
    }

    private static async Task<string?> TryAsync(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
            return null;
        }
        catch (LedgerClientException failure)
        {
            // One institution that does not answer must not hide what the others say: it is named in the end.
            return failure.Message;
        }
    }

    private static PublicKeyBytes PublicKey(StateEvidence key) =>
        new(KeyInstance.Parser.ParseFrom(key.Value).PublicKey.Span);

    private static MissingSchool Missing(Address institution, MissingWhat what, string reason) => new()
    {
        Institution = institution.ToField(),
        What = what,
        Reason = reason.Length <= ExportLimits.ReasonCharactersMax
            ? reason
            : reason[..ExportLimits.ReasonCharactersMax],
    };
}
