namespace Ledger.Devnet;

/// <summary>A node of a local consortium.</summary>
/// <param name="Key">Short name, also the folder's: north.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="Domain">Its domain.</param>
/// <param name="Home">The node's folder.</param>
/// <param name="Peer">Peer port, ADDRESS:PORT.</param>
/// <param name="Api">API, ADDRESS:PORT.</param>
/// <param name="Lrs">Learning record store, ADDRESS:PORT.</param>
public sealed record DevnetNode(
    string Key, string Name, string Domain, string Home, string Peer, string Api, string Lrs)
{
    /// <summary>File with the password of its keys.</summary>
    public string PasswordFile => Path.Combine(Home, "password");

    /// <summary>File with the name and secret for its learning record store.</summary>
    public string CredentialsFile => Path.Combine(Home, "lrs-credentials.json");

    /// <summary>Its log.</summary>
    public string LogFile => Path.Combine(Home, "node.log");

    /// <summary>What it writes once it serves.</summary>
    public string ReadyFile => Path.Combine(Home, Ledger.Node.Configuration.ReadyFile.FileName);
}
