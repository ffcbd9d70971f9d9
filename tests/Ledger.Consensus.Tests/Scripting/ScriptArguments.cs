using System.Globalization;

namespace Ledger.Consensus.Tests;

/// <summary>
/// The words of a command: a verb, plain words, lists after <c>from</c>, <c>to</c> and the like, and key=value.
/// </summary>
internal sealed class ScriptArguments
{
    private static readonly string[] ListWords = ["from", "to", "with", "of", "by"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> lists = new(StringComparer.Ordinal);

    public ScriptArguments(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Verb = words[0];
        List<string> current = Words;
        foreach (string word in words.Skip(1))
        {
            int sign = word.IndexOf('=', StringComparison.Ordinal);
            if (ListWords.Contains(word))
            {
                lists.Add(word, current = []);
            }
            else if (sign > 0)
            {
                values.Add(word[..sign], word[(sign + 1)..]);
            }
            else
            {
                current.Add(word);
            }
        }
    }

    public string Verb { get; }

    /// <summary>The words that follow no list word.</summary>
    public List<string> Words { get; } = [];

    public string Word(int place) => place < Words.Count
        ? Words[place]
        : throw new ScriptFailure($"'{Verb}' needs a word more");

    public int Count(int place) => int.Parse(Word(place), CultureInfo.InvariantCulture);

    /// <summary>The words after a list word; null where it does not stand.</summary>
    public List<string>? ListOrNull(string word) => lists.GetValueOrDefault(word);

    public List<string> List(string word) =>
        ListOrNull(word) ?? throw new ScriptFailure($"'{Verb}' needs '{word}'");

    public string? ValueOrNull(string key) => values.GetValueOrDefault(key);

    public string Value(string key) => ValueOrNull(key) ?? throw new ScriptFailure($"'{Verb}' needs '{key}='");

    public ulong Number(string key) => ulong.Parse(Value(key), CultureInfo.InvariantCulture);

    public ulong Number(string key, ulong otherwise) => ValueOrNull(key) is null ? otherwise : Number(key);
}
