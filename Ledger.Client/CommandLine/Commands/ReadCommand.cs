using System.CommandLine;
using System.Text;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Reads records through a secure box and verifies them.</summary>
internal static class ReadCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The address, or me." };
        Argument<string> verb = new("VERB") { Description = "IRI, code or label." };
        Option<string> from = new("--from")
        {
            Description = "The institution to ask.", HelpName = "ADDRESS|DOMAIN", Required = true,
        };
        Option<string?> box = new("--box")
        {
            Description = "Where its box answers, if not as the ledger says.", HelpName = "URI",
        };
        Option<uint> limit = new("--limit") { Description = "At most this many records of each writer." };
        Option<ulong> index = new("--from-index") { Description = "From this sequence number on." };
        Option<string> purpose = new("--purpose")
        {
            Description = "What for: a label of the grant's limits or policy.", DefaultValueFactory = static _ => "",
        };
        LimitsKey openings = new("--opening", "The limits of your grant, as its grantor sealed them to you.");
        Option<string?> output = new("--out")
        {
            Description = "Save what was read, with its proofs.", HelpName = "FILE",
        };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "read",
            "Reads records through an institution's secure box, and verifies every one of them.",
            "ledger record read 3f2a… passed --from kyoto-u.example --out alice.records",
            [learner, verb, from, box, limit, index, purpose, .. openings.All, output, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                Address institution = await Parties.ReadInstitutionAsync(session, session.Required(from), cancellation)
                    .ConfigureAwait(false);
                LlpcName llpc = new(
                    Parties.Read(session, session.Required(learner)), VerbResolver.Resolve(session.Required(verb)));
                BoxQuery query = new(institution, llpc.Learner, llpc.Verb)
                {
                    Openings = await openings.OpenAsync(session, llpc, cancellation).ConfigureAwait(false),
                    Limit = session.Get(limit),
                    FromIndex = session.Get(index),
                    Purpose = session.Get(purpose) ?? string.Empty,
                };
                BoxReading reading = await ReadAsync(session, trust, query, session.Get(box), cancellation)
                    .ConfigureAwait(false);
                Answer answer = Describe(reading);
                if (session.Get(output) is { } path)
                {
                    AtomicFile.Write(path, reading.ProofFileBytes, overwrite: false);
                    answer.Field("file", path);
                }

                return answer;
            });
    }

    private static async Task<BoxReading> ReadAsync(
        Session session, TrustRoot trust, BoxQuery query, string? box, CancellationToken cancellation)
    {
        InstitutionView view = await session.Client.GetInstitutionAsync(query.Box, cancellation).ConfigureAwait(false);
        PublicKeyBytes key = PublicKeyBytes.TryRead(view.PublicKey.Span, out PublicKeyBytes named)
            ? named
            : throw new CommandException(ExitCode.NotVerified, "The node names no public key of the institution.");
        if (Address.Of(key) != query.Box)
        {
            await IdentityProof.RequireAsync(session.Client, trust, query.Box, key, cancellation).ConfigureAwait(false);
        }

        string? uri = box ?? view.Endpoints.FirstOrDefault(static one => one.Kind == EndpointKind.Box)?.Uri;
        using LedgerClient client = new(BoxFinder.Parse(session, uri), session.ChainId, session.Identity, session.Time);
        return await new BoxReader(session.Identity, trust, session.Time)
            .ReadAsync(client, key, query, cancellation).ConfigureAwait(false);
    }

    private static Answer Describe(BoxReading reading)
    {
        Answer answer = VerifyCommand.Describe(reading.Report);
        if (reading.Report.Verdict == Verdict.Failed)
        {
            return answer.Note(
                "The records are not shown because they do not verify. --out saves them for the complaint.");
        }

        return answer.Table(
            "records",
            ["writer", "index", "height", "type", "content"],
            reading.Bundle.Writers.SelectMany(static writer => writer.Records.Select(record => new object?[]
            {
                Parties.Show(writer.Writer), record.Leaf.Index, record.Leaf.Height, record.Type,
                    Encoding.UTF8.GetString(record.Content.Span),
            })));
    }
}
