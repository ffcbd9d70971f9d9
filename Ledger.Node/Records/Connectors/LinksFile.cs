using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;

namespace Ledger.Node.Records.Connectors;

/// <summary>The file <c>links.json</c> of a node's folder: its links to other record stores, without secrets.</summary>
public static class LinksFile
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "links.json";

    /// <summary>Links of one node: each has a connection and a worker of its own.</summary>
    public const int LinksMax = 32;

    /// <summary>The links of a node; none where there is no file.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used; the text says why.</exception>
    public static IReadOnlyList<LinkSettings> Load(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            throw new ConfigurationException($"{path} cannot be used: {problem.Message}", problem);
        }
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="ConfigurationException">It is no list of links; the text says why.</exception>
    public static IReadOnlyList<LinkSettings> Parse(byte[] json)
    {
        try
        {
            IReadOnlyList<LinkSettings> links =
                JsonSerializer.Deserialize(json, LinksFileJson.Default.LinksDocument)?.Links
                ?? throw new ConfigurationException("It holds no links.");
            Require(links);
            return links;
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException($"It is no list of links: {problem.Message}", problem);
        }
    }

    /// <summary>Writes the links, replacing those that were there.</summary>
    /// <exception cref="ConfigurationException">They cannot be used; the text says why.</exception>
    public static void Save(string path, IEnumerable<LinkSettings> links)
    {
        LinksDocument document = new([.. links.OrderBy(link => link.Name, StringComparer.Ordinal)]);
        Require(document.Links);
        AtomicFile.Write(
            path, JsonSerializer.SerializeToUtf8Bytes(document, LinksFileJson.Default.LinksDocument), overwrite: true);
    }

    private static void Require(IReadOnlyList<LinkSettings> links)
    {
        if (links.Count > LinksMax)
        {
            throw new ConfigurationException($"A node has at most {LinksMax} links.");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (LinkSettings? link in links)
        {
            if (link is null)
            {
                throw new ConfigurationException("A link is null.");
            }

            link.Require();
            if (!names.Add(link.Name))
            {
                throw new ConfigurationException($"Two links are named {link.Name}.");
            }
        }
    }
}
