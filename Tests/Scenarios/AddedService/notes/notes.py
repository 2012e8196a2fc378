"""Notes: whoever has a token adds a line by POST and reads all lines by GET. Run as a program, it makes the table."""

import configparser
import json

import pymysql
from keystonemiddleware import auth_token

configuration = configparser.ConfigParser(interpolation=None)
configuration.read("/etc/minke/notes.conf")


def ask(statement, *values):
    with pymysql.connect(**configuration["database"], autocommit=True) as connection:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()


def notes(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST":
        text = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        ask("INSERT INTO notes (author, text) VALUES (%s, %s)", environ["HTTP_X_USER_NAME"], text)
    rows = ask("SELECT author, text FROM notes ORDER BY id")
    answer = {"member": configuration["service"]["member"], "notes": [list(row) for row in rows]}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]


checked = auth_token.AuthProtocol(notes, dict(configuration["keystone_authtoken"]))


def application(environ, start_response):
    if environ["PATH_INFO"] == "/healthcheck":
        ask("SELECT 1")
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"well\n"]
    return checked(environ, start_response)


if __name__ == "__main__":
    ask(
        "CREATE TABLE IF NOT EXISTS notes (id INT AUTO_INCREMENT PRIMARY KEY,"
        " author VARCHAR(64) NOT NULL, text TEXT NOT NULL)"
    )
