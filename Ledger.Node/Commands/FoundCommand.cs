using System.CommandLine;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Protos;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary><c>ledger found</c>: the genesis document of a new ledger, from the cards of its founders.</summary>
public static class FoundCommand
{
    /// <summary>Fewer could not bear a fault.</summary>
    private const int FoundersMin = 4;

    /// <summary>All founders are validators, and the protocol is made for 16.</summary>
    private const int FoundersMax = 16;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> name = new("--name") { Description = "The ledger's name.", Required = true };
        Option<string[]> cards = new("--card")
        {
            Description = "A founder's card; once for each of the 4 to 16 founders.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> output = new("--out") { Description = "Where the genesis document goes.", Required = true };
        Command command = new(
            "found",
            "Make the genesis document of a new ledger from the founders' cards.\n"
            + "Example: ledger found --name \"Four Schools\" --card north/card.json --card south/card.json "
            + "--card east/card.json --card west/card.json --out genesis.ledger")
        {
            name, cards, output,
        };
        command.SetAction(result => Edge.Run(
            result,
            () => Run(
                result.GetRequiredValue(name),
                result.GetRequiredValue(cards),
                result.GetRequiredValue(output),
                result.InvocationConfiguration.Output)));
        return command;
    }

    private static int Run(string name, string[] cards, string file, TextWriter output)
    {
        if (cards.Length is < FoundersMin or > FoundersMax)
        {
            throw new ConfigurationException(
                $"A ledger has {FoundersMin} to {FoundersMax} founders, each with a card; {cards.Length} were given.");
        }

        Genesis genesis = new()
        {
            Version = 1,
            Name = name,
            TimeUnixMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        genesis.Founders.AddRange(cards.Select(ReadCard));
        byte[] bytes = genesis.ToByteArray();
        GenesisFile.Require(bytes);
        AtomicFile.Write(file, bytes, overwrite: false);
        output.WriteLine($"Chain id {TaggedHash.Of(Tags.Genesis, bytes)}");
        output.WriteLine($"Give {file} to every founder, and read the chain id to them: each joins with");
        output.WriteLine($"  ledger join --home HOME --genesis {file} --chain-id ID");
        return ExitCode.Done;
    }

    private static Founder ReadCard(string path)
    {
        try
        {
            FounderCard card = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), NodeConfigurationJson.Default.FounderCard)
                ?? throw new ConfigurationException($"{path} is empty.");
            return new Founder
            {
                Name = card.Name,
                Domain = card.Domain,
                Kind = InstitutionKind.LearningProvider,
                IdentityKey = ByteString.CopyFrom(Convert.FromHexString(card.IdentityKey)),
                VoteKey = ByteString.CopyFrom(Convert.FromHexString(card.VoteKey)),
                PeerEndpoint = card.PeerEndpoint,
            };
        }
        catch (Exception problem) when (problem is JsonException or FormatException or IOException)
        {
            throw new ConfigurationException($"{path} is not a founder's card: {problem.Message}", problem);
        }
    }
}
