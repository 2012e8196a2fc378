/// The folder of this repository, as `/home/me/minke`.
public let repositoryFolder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
