using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Makes the file in which a learner shows chosen members of chosen records.</summary>
internal static class DisclosureMakeCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> records = new("RECORDS")
        {
            Description = "Your own records, as saved with: ledger record read me … --out",
        };
        DisclosureOptions options = new();
        Option<string> until = new("--until")
        {
            Description = "When you stop showing it: a day, which counts, or a time.", HelpName = "DATE",
            Required = true,
        };
        Option<string> words = new("--for")
        {
            Description = "For whom and what for; whoever has the file reads it.",
            DefaultValueFactory = static _ => string.Empty, HelpName = "WORDS",
        };
        Option<bool> alone = new("--no-node")
        {
            Description = "Name no node that can be asked whether you have withdrawn it.",
        };
        Option<string> output = new("--out") { Description = "Where to write it.", HelpName = "FILE", Required = true };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "make",
            "Makes one file that shows chosen members of your records, verifies offline, and tells nothing of the "
                + "other members and records but how many records the ledger counts. It ends when you say; the "
                + "records do not.",
            "ledger disclosure make mine.records --where /result/success=true --until 2027-03-31 --out for-acme.proof",
            [records, .. options.All, until, words, alone, output, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                RecordBundle bundle = Read(session.Required(records), trust);
                Address learner = new(bundle.Learner.Span);
                if (learner != session.Identity.Address)
                {
                    throw CommandException.WrongUse(
                        "These are another learner's records: only their learner shows them. Use that profile.");
                }

                DisclosureTerms terms = new(
                    DateTimeOffset.FromUnixTimeMilliseconds(Times.Read(session.Required(until))),
                    session.Required(words),
                    session.Get(alone) ? string.Empty : session.Endpoint.ToString());
                DisclosureBody body = DisclosureMaker.Draft(
                    session.ChainId, bundle, options.Read(session), terms, session.Time.GetUtcNow());
                StateEvidence key = await KeyAsync(session, learner, cancellation).ConfigureAwait(false);
                byte[] file = DisclosureMaker.Sign(session.ChainId, bundle, body, key, session.Identity.Key)
                    .ToByteArray();
                VerificationReport report = ProofVerifier.Verify(file, trust);
                if (report.Disclosure is null)
                {
                    return VerifyCommand.Describe(report).Note("The file does not verify, and was not written.");
                }

                AtomicFile.Write(session.Required(output), file, overwrite: false);
                return DisclosureAnswer.Describe(new Answer(), report.Disclosure)
                    .Field("file", session.Required(output))
                    .Field("id", DisclosureMessages.IdOf(session.ChainId, body.ToByteArray()).ToString())
                    .Note("It also tells your address, the verbs and writers above, how many records the ledger counts "
                        + "of each, and the place and height of each shown record.")
                    .Note("Who has the file can prove what it shows for ever: its end, and unshare, say that you do "
                        + "not show it any more, and take nothing back.");
            });
    }

    private static RecordBundle Read(string path, TrustRoot trust)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (!CanonicalMessage.TryParse(ProofFile.Parser, bytes, out ProofFile? file)
            || file.Records is not { Verbs.Count: > 0 } bundle)
        {
            throw CommandException.WrongUse(
                $"{path} holds no records of today's form. Save them with: ledger record read me … --out FILE");
        }

        return ProofVerifier.Verify(bytes, trust).Verdict == Verdict.Failed
            ? throw new CommandException(ExitCode.NotVerified, $"{path} does not verify: ledger verify {path}")
            : bundle;
    }

    // The file proves the key by itself, so that nobody has to ask for it later.
    private static async Task<StateEvidence> KeyAsync(
        Session session, Address learner, CancellationToken cancellation)
    {
        InstanceSeries keys = StateKeys.SigningKeys(learner);
        StateEvidence counter = await session.Client.GetStateAsync(keys.Counter.Raw, cancellation)
            .ConfigureAwait(false);
        ulong open = CanonicalMessage.TryParse(Counter.Parser, counter.Value.Span, out Counter? counted)
            ? counted.Open
            : 0;
        return open == 0
            ? throw new CommandException(ExitCode.Refused, "The ledger does not know this learner.")
            : await session.Client.GetStateAsync(keys.At(open).Raw, cancellation).ConfigureAwait(false);
    }
}
