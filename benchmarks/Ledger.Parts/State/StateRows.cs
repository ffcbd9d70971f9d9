using System.Text.Json;

namespace Ledger.Parts.State;

/// <summary>What was measured so far, as a file that is written anew after each round.</summary>
/// <param name="Learners">Learners of the school, with 20 verbs each.</param>
/// <param name="RecordsOfBlock">Records of a block that is measured, one an operation.</param>
/// <param name="BlockCacheBytes">What the store's cache of blocks may take.</param>
/// <param name="FillSeconds">How long each size took to fill in.</param>
/// <param name="StoreBytes">Bytes of each size's files.</param>
/// <param name="Rounds">The rounds.</param>
public sealed record StateRows(
    int Learners,
    int RecordsOfBlock,
    long BlockCacheBytes,
    IReadOnlyList<double> FillSeconds,
    IReadOnlyList<long> StoreBytes,
    IReadOnlyList<StateRound> Rounds)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Reads a file that this program wrote.</summary>
    public static StateRows Read(string file) => JsonSerializer.Deserialize<StateRows>(File.ReadAllText(file), Json)
        ?? throw new InvalidDataException($"{file} holds nothing.");

    /// <summary>Writes them.</summary>
    public void Write(string file)
    {
        string beside = file + ".new";
        File.WriteAllText(beside, JsonSerializer.Serialize(this, Json));
        File.Move(beside, file, overwrite: true);
    }
}
