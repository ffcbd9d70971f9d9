using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Proofs of the state as files: of one key, or of everything of a kind.</summary>
internal static class ContractProveCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> key = new("KEY") { Description = "A raw key in hexadecimal: its kind byte and its parts." };
        Option<string> file = new("--out") { Description = "Where to write it.", HelpName = "FILE", Required = true };
        return host.Verb(
            "prove",
            "Proves the value of any key of the state, or that it is absent, in a file for ledger verify.",
            "ledger contract prove 01 --out roll.proof",
            [key, file],
            async (session, cancellation) =>
            {
                byte[] raw = ReadKey(session.Required(key));
                StateEvidence evidence = await session.Client.GetStateAsync(raw, cancellation).ConfigureAwait(false);
                return Verified(session, new ProofFile { State = evidence }, session.Required(file));
            });
    }

    /// <summary>Everything of a kind below an address, in one file, judged for a height.</summary>
    public static async Task<Answer> ListAsync(
        Session session,
        StateKind kind,
        Address address,
        Hash256? verb,
        ulong? at,
        string file,
        CancellationToken cancellation)
    {
        List<byte[]> prefixes = [PrefixOf(kind, address, verb)];
        if (kind == StateKind.Grant)
        {
            // How many grants there have been is in the LLPC: it proves that none is left out.
            prefixes.Add(PrefixOf(StateKind.Llpc, address, verb));
        }

        CertifiedHeader? asOf = null;
        if (at is { } height)
        {
            BlockView block = await session.OpenClient.GetBlockAsync(height, withTransactions: false, cancellation)
                .ConfigureAwait(false);
            asOf = new CertifiedHeader { Header = block.Header, Certificate = block.Certificate };
        }

        StateList list = await session.Client.ProveAsync(prefixes, asOf, cancellation).ConfigureAwait(false);
        return list.Keys.Count > 0
            ? Verified(session, new ProofFile { States = list }, file)
            : throw CommandException.WrongUse(
                "There is nothing of this kind. That a key is absent is proved by: ledger contract prove KEY");
    }

    private static byte[] PrefixOf(StateKind kind, Address address, Hash256? verb) => verb is { } hash
        ? StateKeys.Prefix(kind, address, hash)
        : StateKeys.Prefix(kind, address);

    // A proof that does not verify here would be of no use to anybody, so that it is not written.
    private static Answer Verified(Session session, ProofFile proof, string file)
    {
        byte[] bytes = proof.ToByteArray();
        VerificationReport report = ProofVerifier.Verify(bytes, session.OpenTrust(checkpoint: null, genesis: null));
        Answer answer = VerifyCommand.Describe(report);
        if (report.Verdict != Verdict.Passed)
        {
            return answer;
        }

        File.WriteAllBytes(file, bytes);
        return answer.Field("file", file).Field("bytes", bytes.Length);
    }

    private static byte[] ReadKey(string text)
    {
        try
        {
            byte[] raw = Convert.FromHexString(text);
            return raw.Length > 0 ? raw : throw CommandException.WrongUse("The key is empty.");
        }
        catch (FormatException)
        {
            throw CommandException.WrongUse($"{text} is not hexadecimal.");
        }
    }
}
