namespace Ledger.Workload;

/// <summary>An institution of the demonstration consortium.</summary>
/// <param name="Index">0 to 3 for the founding schools, 4 for the member that joins.</param>
/// <param name="Key">The short name: north, south, east, west, harbour.</param>
/// <param name="Name">The full name.</param>
/// <param name="Domain">A domain of the reserved <c>.example</c> zone, so that no record points at a real host.</param>
public sealed record School(int Index, string Key, string Name, string Domain)
{
    /// <summary>The address of the school's Moodle, without a slash at the end.</summary>
    public string MoodleUrl => $"https://moodle.{Domain}";

    /// <summary>The address of the school's BookRoll, without a slash at the end.</summary>
    public string BookRollUrl => $"https://bookroll.{Domain}";

    /// <summary>The address of the school's Caliper-speaking course reader, without a slash at the end.</summary>
    public string ReaderUrl => $"https://reader.{Domain}";
}
